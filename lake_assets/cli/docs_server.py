"""The site of the lake served beside the UI, on 127.0.0.1 only, and written anew when the lake has changed."""

from __future__ import annotations

import mimetypes
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit

from lake_assets.cli.docs_freshness import Freshness
from lake_assets.cli.ui import HOST
from lake_assets.errors import StorageError

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["running_docs"]

_WAIT_S = 3.0
_POLICY = (
    "default-src 'none'; img-src data:; style-src 'self' 'unsafe-inline'; script-src 'self'; base-uri 'none'"
)


@contextmanager
def running_docs(lake: Lake, port: int) -> Iterator[str]:
    """Serve the site for the length of a block; its first pages are being written when the block begins.

    Args:
        lake: The lake.
        port: Where it is to listen; a port that is free, where this one is taken.

    Yields:
        The address.
    """
    freshness = Freshness(lake)
    answer = type("_AnswerForLake", (_Answer,), {"freshness": freshness})
    with ThreadingHTTPServer((HOST, _free(port)), answer) as server:
        freshness.renew()
        thread = Thread(target=server.serve_forever, name="docs", daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _free(port: int) -> int:
    """The port, or 0 for any where it cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return 0
    return port


class _Answer(BaseHTTPRequestHandler):
    """Answers with a file of the site, and nothing else."""

    freshness: ClassVar[Freshness]
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(is_whole=True)

    def do_HEAD(self) -> None:
        """Answer with what is said of a file."""
        self._answer(is_whole=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the parent's)
        """Say nothing: the terminal is for the lake."""

    def _answer(self, *, is_whole: bool) -> None:
        if not self._is_asked_by_name():
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        if path.endswith(".html"):
            self.freshness.renew(wait_s=_WAIT_S)
        held = self._held(path)
        if held is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self._send_headers(path, len(held))
        if is_whole:
            self.wfile.write(held)

    def _is_asked_by_name(self) -> bool:
        """Whether the browser knows that it asks this machine; a page elsewhere may have its own name for us."""
        return self.headers.get("Host", "").rpartition(":")[0] in {HOST, "localhost"}

    def _held(self, path: str) -> bytes | None:
        if ".." in path.split("/") or "\0" in path:
            return None
        try:
            with self.freshness.lake.root.files.open(f"{self.freshness.folder}/{path}") as stream:
                return stream.read()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, StorageError):
            return None

    def _send_headers(self, path: str, size_bytes: int) -> None:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(size_bytes))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
