"""One server of the demo: a program on a port of 127.0.0.1 that the system chose."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from lake_assets.demo._child import Child, child
from lake_assets.demo._packages import DemoError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:([1-9]\d*)")
_LAST_LINES = 12
_PAUSE_S = 0.05
_ANSWER_S = 5.0
_ERROR_STATUS = 500


@dataclass(frozen=True, slots=True)
class Program:
    """What a server is.

    Args:
        name: What errors and the log file call it.
        module: A Python module and its arguments; it listens on port 0 and prints its address.
        path: A path that it answers once it is ready.
    """

    name: str
    module: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started.

    Args:
        program: What it is.
        child: Its process.
        log: The file that holds what it prints.
    """

    program: Program
    child: Child
    log: Path

    def url(self, wait_s: float) -> str:
        """Wait until the server answers.

        Args:
            wait_s: How long at most, from now.

        Returns:
            Its address, such as `http://127.0.0.1:40123`.

        Raises:
            DemoError: when it ended, or did not answer in time; says what it printed last.
        """
        deadline = time.monotonic() + wait_s
        while self.child.process.poll() is None and time.monotonic() < deadline:
            address = _ADDRESS.search(self.child.first_printed())
            if address and _answers(int(address[1]), self.program.path):
                return address[0].decode()
            time.sleep(_PAUSE_S)
        raise self._failed(wait_s)

    def _failed(self, wait_s: float) -> DemoError:
        code = self.child.process.poll()
        how = f"did not answer within {wait_s:g} s" if code is None else f"ended with code {code}"
        said = "\n    ".join(self.child.last_lines(_LAST_LINES)) or "nothing"
        return DemoError(
            f"the demo's server '{self.program.name}' {how}; it printed last:\n    {said}",
            place=f"{self.log}, of python -m {' '.join(self.program.module)}",
            mend="read the log; if a package is missing or too old: pip install -U 'lake-assets[demo]'",
        )


@contextmanager
def running(program: Program, logs: Path) -> Iterator[Server]:
    """Start a server, without waiting for it, and stop it at the end of the block.

    Args:
        program: What to run.
        logs: The folder for its log.

    Yields:
        The server; ask for its `url` before use.
    """
    log = logs / f"{program.name}.log"
    with child(program.module, log) as started:
        yield Server(program, started, log)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_ANSWER_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < _ERROR_STATUS
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
