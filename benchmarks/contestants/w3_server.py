"""The server of W3: pages of readings on 127.0.0.1, with every fault a client has to live with.

Usage: w3_server start PAGES RECORDS | grow PAGES | stop, in the folder that `server.json` goes to. It runs on in a
process of its own until it is stopped, or another takes its place in the folder, or nobody asks for two minutes.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

__all__ = ["CLIENT", "SECRET", "ask", "record_amount", "url_here"]

CLIENT, SECRET = "bench", "bench-secret-of-no-worth"
_NOTE = Path("server.json")
_IDLE_S = 120
_TOKEN_S, _GRACE_S = 3, 3
_RECORD = (
    '{"id": %d, "at": "2024-01-%02dT%02d:%02d:%02dZ", "station": "S%03d", "kind": "%s", '
    '"amount": %.2f, "is_valid": %s, "note": "reading %d of the station, taken by hand"}'
)


def record_amount(number: int) -> float:
    """The amount of a record, so that a sum over the table tells whether it is right."""
    return (number * 7919 % 100_000) / 100


def url_here() -> str:
    """The address of the server whose folder this is."""
    return str(json.loads(_NOTE.read_text())["url"])


def ask(path: str) -> dict[str, float]:
    """What the server says of itself."""
    with urllib.request.urlopen(f"{url_here()}{path}", timeout=30) as answer:  # noqa: S310 - the server of this folder
        found: dict[str, float] = json.load(answer)
    return found


@dataclass
class _State:
    pages: int
    records: int
    asked: dict[int, int] = field(default_factory=dict)
    served: dict[int, int] = field(default_factory=dict)
    tokens: dict[str, float] = field(default_factory=dict)
    refused: int = 0
    last_at: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def facts(self) -> dict[str, float]:
        """What was asked so far."""
        again = sum(count - 1 for count in self.served.values())
        faults = sum(self.asked.values()) - sum(self.served.values())
        return {"asked": len(self.asked), "served_again": again, "faults": faults, "tokens": len(self.tokens)}

    def page(self, first: int) -> bytes:
        """The page whose first record is this one."""
        last = min(first + self.records, self.pages * self.records + 1)
        body = ", ".join(map(_record, range(first, last)))
        following = f'"{last}"' if last <= self.pages * self.records else "null"
        return f'{{"records": [{body}], "next": {following}}}'.encode()


def _record(number: int) -> str:
    minute, second = divmod(number, 60)
    return _RECORD % (
        number,
        number // 86_400 % 28 + 1,
        minute // 60 % 24,
        minute % 60,
        second,
        number % 500,
        ("air", "water", "soil")[number % 3],
        record_amount(number),
        "true" if number % 11 else "false",
        number,
    )


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    state: _State

    def do_GET(self) -> None:
        """Give a page, a fault in its place, or facts."""
        self.state.last_at = time.monotonic()
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/facts":
            return self._say(json.dumps(self.state.facts()).encode())
        if path == "/grow":
            self.state.pages += int(query["pages"][0])
            return self._say(b"{}")
        if path == "/stop":
            self._say(b"{}")
            os._exit(0)
        return self._page(int((query.get("after") or query.get("since") or ["0"])[-1]), "after" in query)

    def do_POST(self) -> None:
        """Hand out a token."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if form.get("client_secret") != [SECRET]:
            return self._say(b"{}", 401)
        token = f"token-{len(self.state.tokens)}"
        self.state.tokens[token] = time.monotonic() + _TOKEN_S + _GRACE_S
        return self._say(json.dumps({"access_token": token, "expires_in": _TOKEN_S}).encode())

    def _page(self, number: int, is_first_given: bool) -> None:  # noqa: FBT001 - one of two ways to ask
        token = str(self.headers["Authorization"]).removeprefix("Bearer ")
        if self.state.tokens.get(token, 0) < time.monotonic():
            return self._say(b"{}", 401)
        first = number if is_first_given else number + 1
        index = (first - 1) // self.state.records
        with self.state.lock:
            self.state.asked[index] = times = self.state.asked.get(index, 0) + 1
        if times == 1 and index % 500 == 5:  # noqa: PLR2004 - a few in a run
            return self._say(b"{}", 429, {"Retry-After": "1"})
        if times == 1 and index % 100 == 7:  # noqa: PLR2004 - one in a hundred
            return self._say(b"{}", 503)
        body = self.state.page(first)
        if times == 1 and index % 150 == 11:  # noqa: PLR2004 - less than one in a hundred
            return self._say(body, cut=True)
        with self.state.lock:
            self.state.served[index] = self.state.served.get(index, 0) + 1
        return self._say(body)

    def _say(
        self, body: bytes, status: int = 200, headers: dict[str, str] | None = None, *, cut: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        self.close_connection = cut


def _serve(pages: int, records: int) -> None:
    _Answering.state = _State(pages, records)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = True
    mine = json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "process": os.getpid()})
    _NOTE.with_suffix(".part").write_text(mine)
    _NOTE.with_suffix(".part").replace(_NOTE)
    threading.Thread(target=_watch, args=(_NOTE.absolute(), mine), daemon=True).start()
    server.serve_forever()


def _watch(note: Path, mine: str) -> None:
    while True:
        time.sleep(1)
        is_gone = not note.exists() or note.read_text() != mine
        if is_gone or time.monotonic() - _Answering.state.last_at > _IDLE_S:
            os._exit(0)


def _start(pages: int, records: int) -> None:
    """Leave the server behind, as the child of nobody, so that what it costs is charged to nobody."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            _serve(pages, records)
        os._exit(0)
    os.wait()
    while not _NOTE.exists():
        time.sleep(0.01)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", pages, records]:
            _start(int(pages), int(records))
        case ["grow", pages]:
            ask(f"/grow?pages={pages}")
        case _:
            ask("/stop")
