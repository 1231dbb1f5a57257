"""Programs of the system that tests start: found, given a port, waited for."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_PATIENCE_S = 60


def program(name: str, *folders: str | Path) -> str:
    """Where a program is, on the path or in one of these folders; in CI it is a fault that it is missing."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = shutil.which(name, path=path)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")
    return found


def free_port() -> int:
    """A port of this machine where nothing listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def listens(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(is_so: Callable[[], bool], says: Path) -> None:
    """Wait until something is so; if it takes too long, show what the program says in a file."""
    until = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > until:
            pytest.fail(f"waited for {_PATIENCE_S} s: {says.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)
