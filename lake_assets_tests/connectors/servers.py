"""A server on 127.0.0.1 that answers what a test says, faults included."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    target: str
    headers: Message
    body: bytes = b""
    method: str = "GET"

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


@dataclass(frozen=True)
class Answer:
    """What the server is to say.

    Args:
        body: The whole body.
        status: The status code.
        headers: Besides Content-Length.
        sent_bytes: How much of the body is sent before the connection is closed; None sends all.
        is_chunked: Whether chunked coding takes the place of Content-Length.
        pause_s: How long the connection stays open after what was sent.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent_bytes: int | None = None
    is_chunked: bool = False
    pause_s: float = 0


Script = Callable[[Asked], Answer]


@dataclass
class Scripted:
    """The server, while it runs."""

    url: str
    script: Script
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def scripted(script: Script = lambda _asked: Answer()) -> Iterator[Scripted]:
    server = _Server(("127.0.0.1", 0), _Answering)
    server.scripted = Scripted(f"http://127.0.0.1:{server.server_port}", script)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.scripted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, _request: object, _address: object) -> None:
        """Nothing: some tests hang up on purpose."""


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet, else each answer waits 40 ms for its acknowledgement
    timeout = 5

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.path, self.headers, body, self.command)
        self.server.scripted.asked.append(asked)
        answer = self.server.scripted.script(asked)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        sent = answer.body[: answer.sent_bytes]
        self.wfile.write(b"%x\r\n%s\r\n" % (len(sent), sent) if answer.is_chunked and sent else sent)
        if answer.is_chunked and answer.sent_bytes is None:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()
        time.sleep(answer.pause_s)
        self.close_connection = answer.sent_bytes is not None

    def log_message(self, *_arguments: object) -> None:
        pass


def unused_url() -> str:
    """An address of this machine where nothing listens."""
    with _Server(("127.0.0.1", 0), _Answering) as server:
        return f"http://127.0.0.1:{server.server_port}"
