"""A real webhook on 127.0.0.1."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Webhook(ThreadingHTTPServer):
    """Takes JSON documents, after as many refusals as it is told to give."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.taken, self.asked, self.refusals = [], 0, []

    @property
    def texts(self):
        return [each["text"].splitlines()[0] for each in self.taken]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/secret-token"


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += 1
        status = self.server.refusals.pop(0) if self.server.refusals else 200
        if status == 200:
            self.server.taken.append(body)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serving() -> Iterator[Webhook]:
    with Webhook() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
