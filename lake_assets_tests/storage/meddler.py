"""An HTTP server that hands requests on to an S3 store and can be told to spoil some."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_HOP_BY_HOP = {"connection", "content-length", "transfer-encoding"}


class Fate(Enum):
    """What becomes of a request."""

    PASSES = "handed on"
    FAILS = "refused with 500, the store never sees it"
    ANSWER_IS_LOST = "handed on, then answered with 500"
    BODY_IS_CUT = "handed on, the body of the answer ends before its length"
    CONDITION_IS_IGNORED = "handed on without If-None-Match"


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    range: str | None
    sent_bytes: int

    @property
    def writes_log(self):
        return self.method == "PUT" and self.path.endswith(".json")


class Meddler:
    """The server; `fate` decides for each request, `asked` lists them all."""

    def __init__(self, store_port: int) -> None:
        self.fate: Callable[[Asked], Fate] = lambda _: Fate.PASSES
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, store_port))
        self._server.daemon_threads = True
        self.port = self._server.server_port

    def __enter__(self):
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def _handler(meddler: Meddler, store_port: int) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            """Say nothing."""

        def hand_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, self.headers.get("Range"), len(body))
            meddler.asked.append(asked)
            fate = meddler.fate(asked)
            headers = dict(self.headers.items())
            if fate is Fate.CONDITION_IS_IGNORED:
                headers = {name: value for name, value in headers.items() if name.lower() != "if-none-match"}
            answer = (500, {}, b"") if fate is Fate.FAILS else self._ask(headers, body)
            self._answer(
                *((500, {}, b"") if fate is Fate.ANSWER_IS_LOST else answer), is_cut=fate is Fate.BODY_IS_CUT
            )

        def _ask(self, headers, body):
            connection = http.client.HTTPConnection("127.0.0.1", store_port)
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            return answer.status, dict(answer.getheaders()), content

        def _answer(self, status, headers, content, *, is_cut):
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            is_head = self.command == "HEAD"
            self.send_header(
                "Content-Length", headers.get("Content-Length", "0") if is_head else str(len(content))
            )
            self.end_headers()
            if not is_head:
                self.wfile.write(content[: len(content) // 2] if is_cut else content)
            self.close_connection = self.close_connection or is_cut

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = hand_on  # noqa: N815 - http.server looks for these names

    return Handler
