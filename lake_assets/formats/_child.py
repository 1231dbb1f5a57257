"""The children that decode for this process, and the one that is free."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from lake_assets.errors import DecodeError
from lake_assets.formats.apart.wire import Wire

__all__ = ["Child", "a_child"]

_START = Path(__file__).parent / "apart" / "_start.py"
_SILENCE_S = 900.0
_END_S = 5.0
_FREE_CHILDREN = 4


class Child:
    """A process that decodes one file after the other, until one of them kills it."""

    def __init__(self) -> None:
        """Start it, with one end of a connection; it ends when the other end is closed."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python and a file of this package
                [sys.executable, "-P", str(_START), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        ours.settimeout(_SILENCE_S)
        self.wire = Wire(ours)
        self.is_ended = False

    @property
    def is_alive(self) -> bool:
        """Whether it still runs; something outside may have ended it."""
        return self._process.poll() is None

    def end(self) -> str:
        """Hang up, and see that it ends.

        Returns:
            What ended it, such as `SIGABRT`.
        """
        self.is_ended = True
        self.wire.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        return _cause(self._process.returncode)


def _cause(status: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-status).name
    return f"exit status {status}"


class _Pool:
    """Children that are free, of one process: a fork of it has its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._free: list[Child] = []
        self._owner = 0

    def take(self) -> Child:
        with self._lock:
            if self._owner != os.getpid():
                self._free, self._owner = [], os.getpid()
                atexit.register(self.end_all)
            while self._free:
                child = self._free.pop()
                if child.is_alive:
                    return child
                child.end()
        return Child()

    def give_back(self, child: Child) -> None:
        with self._lock:
            if len(self._free) < _FREE_CHILDREN:
                self._free.append(child)
                return
        child.end()

    def end_all(self) -> None:
        if self._owner == os.getpid():
            while self._free:
                self._free.pop().end()


_POOL = _Pool()


@contextmanager
def a_child() -> Iterator[Child]:
    """A child for one file; it is kept for the next one, unless something worse than a bad file happened."""
    child = _POOL.take()
    try:
        yield child
    except DecodeError:
        raise
    except BaseException:
        child.end()
        raise
    finally:
        if not child.is_ended:
            _POOL.give_back(child)
