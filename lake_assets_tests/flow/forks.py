"""Works on a lake in processes forked from one that has imported everything: to be killed, or to meet a fault.

Source: `faults.c` says what counts as a file operation.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Self

_HERE = Path(__file__).parents[2]
_FAULTS = Path(__file__).with_name("faults.c")
_PARENT = f"""
import ctypes, json, os, sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
import lake_assets.connectors.filesystem, lake_assets.engines.polars, lake_assets.formats.csv, lake_assets.formats.json
from lake_assets.lake import erase_subject
from lake_assets_tests.flow.a_lake import ALake

def work(folder, fault):
    lake = ALake(Path(folder)).lake
    lake.declarations
    print("begins", flush=True)
    if fault:
        ctypes.CDLL(fault["library"]).fault_arm(
            folder.encode(), ctypes.c_long(fault["at"]), fault["manner"], fault["log"].encode()
        )
    {{does}}

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            work(**json.loads(line))
            os._exit(0)
        except BaseException as error:
            print(f"{{{{type(error).__name__}}}}: {{{{error}}}}", file=sys.stderr, flush=True)
            os._exit(1)
    print(child, flush=True)
    sys.stdin.readline()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Manner(IntEnum):
    """What happens at an operation; the numbers are those of `faults.c`."""

    FAILS = 0
    KILLED = 1


@dataclass(frozen=True)
class Operation:
    """A file operation of a process.

    Args:
        number: From 1, in the order of the process.
        name: That of the function of the C library; `create` and `open` for all that open.
        path: The file or folder.
    """

    number: int
    name: str
    path: str


class Forks:
    """The process that forks; a context that ends it.

    Args:
        does: What each fork does, in Python, with the `lake`.
        faults: The library that `built_faults` made; needed by `operations` and `meet` only.
    """

    def __init__(self, does: str = "lake.ingest()", faults: Path | None = None) -> None:
        self._faults = faults
        environment = {**os.environ, **({"LD_PRELOAD": str(faults)} if faults else {})}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PARENT.format(does=does)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def seconds_to_the_end(self, folder: Path) -> float:
        """How long the work takes when nobody kills it."""
        self._begin(folder)
        began = time.perf_counter()
        assert self._status() == 0
        return time.perf_counter() - began

    def kill_after(self, folder: Path, seconds: float) -> bool:
        """Kill the work after a time; whether it had not come to its end before."""
        child = self._begin(folder)
        time.sleep(seconds)
        # It is not waited for before its status is asked for: the number is still its own.
        os.kill(child, signal.SIGKILL)
        return self._status() == -signal.SIGKILL

    def operations(self, folder: Path, log: Path) -> list[Operation]:
        """The file operations of the work under the folder, when nothing happens to it."""
        self._begin(folder, self._fault(0, Manner.FAILS, log))
        assert self._status() == 0
        return logged(log)

    def meet(self, folder: Path, at: int, manner: Manner, log: Path) -> list[Operation]:
        """Do the work; something happens at the operation with this number.

        Returns:
            The operations up to its end.
        """
        log.unlink(missing_ok=True)
        self._begin(folder, self._fault(at, manner, log))
        self._status()
        return logged(log)

    def _fault(self, at: int, manner: Manner, log: Path) -> dict[str, object]:
        return {"library": str(self._faults), "at": at, "manner": int(manner), "log": str(log)}

    def _begin(self, folder: Path, fault: dict[str, object] | None = None) -> int:
        """Fork; once this returns, the fork works. Its process number."""
        self._say(json.dumps({"folder": str(folder), "fault": fault}))
        said = {self._said(), self._said()}
        (child,) = said - {"begins"}
        return int(child)

    def _status(self) -> int:
        """Wait for the fork; its exit code, less than 0 for the signal that ended it."""
        self._say("")
        return int(self._said())

    def _say(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _said(self) -> str:
        return self._process.stdout.readline().strip()


def logged(log: Path) -> list[Operation]:
    """The operations that a process told of."""
    parts = (line.split("\t") for line in log.read_text().splitlines())
    return [Operation(int(number), name, path) for number, name, path in parts]


def built_faults(folder: Path) -> Path:
    """Compile the library of faults into a folder."""
    compiler = shutil.which("gcc")
    assert compiler, "no gcc here: `apt-get install gcc libc6-dev`"
    built = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", built, _FAULTS], check=True)
    return built
