"""Servers that others wrote, each in a process of its own, for as long as a test module needs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest


@contextmanager
def served(command: Sequence[object], url: str) -> Iterator[str]:
    """Run a server until the end of the block; it is there once it answers anything."""
    arguments = [str(part) for part in command]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(url, process)
            yield url
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  a server that this test started
        except HTTPError:
            return
        except (URLError, ConnectionError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} did not start")


def npm_program(package: str, version: str, name: str) -> Path:
    """A program from npm, installed once into a cache folder; in CI it is a fault that npm is missing."""
    npm = shutil.which("npm")
    if npm is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            f"npm is not installed, and {package} needs it"
        )
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base, "lake_assets_tests", f"{package}-{version}")
    program = folder / "node_modules" / ".bin" / name
    if not program.exists():
        made = f"{folder}.{os.getpid()}"
        command = [
            npm,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            made,
            f"{package}@{version}",
        ]
        subprocess.run(command, check=True, timeout=240)
        if not folder.exists():
            Path(made).rename(folder)
    return program
