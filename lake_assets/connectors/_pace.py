"""How much a source is asked: a token bucket and places to ask from, shared by all processes of a user on a machine.

Both live in small files beside the lake, in the system's folder for temporary files: a lock that the kernel gives
back when its process dies, and for the bucket the number of requests that may be made, and when that was so.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

__all__ = ["Pace", "pace_folder"]

_LOOK_AGAIN_S = 0.02


@dataclass(frozen=True)
class Pace:
    """The pace of one source.

    Args:
        folder: Where its files are; the same for all who share it.
        requests_per_s: How many requests a second in the long run; None for any number.
        burst: How many at once after a pause.
        at_once: How many may be under way at a time; None for any number.
    """

    folder: Path
    requests_per_s: float | None = None
    burst: int = 1
    at_once: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place, then for a token, and keep the place until the end."""
        with self._place():
            self.take()
            yield

    def take(self) -> None:
        """Wait until another request may be made."""
        if self.requests_per_s:
            time.sleep(self._reserve(self.requests_per_s))

    def _reserve(self, requests_per_s: float) -> float:
        """Take a token, if need be one that is not there yet, and say after how many seconds it will be."""
        with _opened(self.folder / "bucket.json") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            now = time.monotonic()  # since the machine started, so the same for every process
            tokens, at = _read(stream, (float(self.burst), now))
            left = min(float(self.burst), tokens + (now - at) * requests_per_s) - 1
            stream.seek(0)
            stream.write(json.dumps([left, now]))
            stream.truncate()
        return max(0.0, -left / requests_per_s)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self.at_once is None:
            yield
            return
        stream = self._free_place(self.at_once)
        try:
            yield
        finally:
            stream.close()

    def _free_place(self, places: int) -> IO[str]:
        while True:
            for number in range(places):
                stream = _opened(self.folder / f"place-{number}")
                with suppress(BlockingIOError):
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return stream
                stream.close()
            time.sleep(_LOOK_AGAIN_S * (1 + random.random()))  # noqa: S311 - only spreads the waiting


def pace_folder(*names: str) -> Path:
    """The folder that those share who give the same names; only this user may look into it."""
    own = Path(tempfile.gettempdir(), f"lake_assets-{os.getuid()}")
    own.mkdir(mode=0o700, exist_ok=True)
    if own.stat().st_uid != os.getuid():
        own = Path(
            tempfile.mkdtemp(prefix="lake_assets-")
        )  # another user took the name: pace this process alone
    folder = own / sha256("\0".join(names).encode()).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    return folder


def _opened(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _read(stream: IO[str], default: tuple[float, float]) -> tuple[float, float]:
    """Tokens, and when they were counted; at the first time, or after the machine started anew, the default."""
    try:
        tokens, at = json.loads(stream.read())
    except (ValueError, TypeError):
        return default
    return (tokens, at) if at <= default[1] else default
