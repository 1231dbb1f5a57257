"""Servers of the system that tests start."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest


def program(name: str, *folders: str) -> str:
    """The path of a program; where it is missing a test is skipped, but fails in CI."""
    found = which(name, path=os.pathsep.join([*folders, "/usr/sbin", os.environ.get("PATH", "")]))
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"the program {name} is not installed")
    return found


def free_port() -> int:
    """A port of 127.0.0.1 where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_ready: Callable[[], bool], says: Path, seconds: float = 60) -> None:
    """Wait for a server that was started; what it says shows why it does not come."""
    until = time.monotonic() + seconds
    while not is_ready():
        assert time.monotonic() < until, says.read_text(errors="replace")[-4000:]
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether something listens at a port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
