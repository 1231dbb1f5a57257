"""A child process that ends with its parent, and a log of what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

_WARD = Path(__file__).with_name("_ward.py")
_STOP_S = 5.0
_FIRST_BYTES = 65_536
_LAST_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Child:
    """A child process.

    Args:
        process: The process.
        printed: What it printed, open for reading whatever became of the log's name.
    """

    process: subprocess.Popen[bytes]
    printed: FileIO

    def first_printed(self) -> bytes:
        """Give what it printed first, 64 KiB at most."""
        return os.pread(self.printed.fileno(), _FIRST_BYTES, 0)

    def last_lines(self, count: int) -> list[str]:
        """Give the last lines it printed, 4 KiB at most."""
        size_bytes = os.fstat(self.printed.fileno()).st_size
        last = os.pread(self.printed.fileno(), _LAST_BYTES, max(0, size_bytes - _LAST_BYTES))
        return last.decode(errors="replace").strip().splitlines()[-count:]


@contextmanager
def child(module: tuple[str, ...], log: Path) -> Iterator[Child]:
    """Run a Python module as a program for the length of a block.

    Args:
        module: The module's name, then its arguments.
        log: The file for what it prints; takes the place of an earlier run's.

    Yields:
        The process, just started. It ends with the block, or with this process, even if killed.
    """
    with _fresh(log) as sink, _start(module, sink) as process:
        try:
            yield Child(process, sink)
        finally:
            _stop(process)


@contextmanager
def _fresh(log: Path) -> Iterator[FileIO]:
    """Open a log of our own: two demos over one home must not read each other's ports."""
    log.parent.mkdir(parents=True, exist_ok=True)
    unnamed = log.with_name(f".{log.name}.{uuid4().hex}")
    with FileIO(os.open(unnamed, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o644), "r+") as sink:
        unnamed.replace(log)
        yield sink


def _start(module: tuple[str, ...], sink: FileIO) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  the modules are those written in servers.py
        [sys.executable, "-P", "-u", str(_WARD), *module],
        stdin=subprocess.PIPE,  # never written to: its closing tells the child that we are gone
        stdout=sink,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C in the terminal ends us, and we end the servers, in this order
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
