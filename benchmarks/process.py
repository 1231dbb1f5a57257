"""One command as a process of its own, and what it cost.

The process that measures must stay small and load no frames: Linux counts the memory of the parent at the
moment of the fork into the peak of the child, so a large parent would hide what a small contestant needs.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

__all__ = ["Facts", "ProcessError", "Run", "run_process"]

Facts = dict[str, float]
"""Numbers by name: what a process says about its output."""

_REPOSITORY = Path(__file__).parents[1]
_TAIL_LINES = 2
_TAIL_LETTERS = 300
_KIB_PER_MB = 1e6 / 1024


class ProcessError(Exception):
    """A process of the benchmark failed.

    Args:
        exit_code: How it ended; negative for a signal.
        tail: The end of what it wrote.
    """

    def __init__(self, exit_code: int, tail: str) -> None:
        super().__init__(f"ended with exit code {exit_code}: {tail}")
        self.exit_code = exit_code


@dataclass(frozen=True)
class Run:
    """What one process cost.

    Args:
        cpu_s: User and system CPU seconds, those of children that it waited for included.
        wall_s: From start to end.
        peak_rss_mb: Most resident memory of the process, or of one of those children where that is more.
        facts: What it printed as a JSON object on its last line; empty when it did not.
    """

    cpu_s: float
    wall_s: float
    peak_rss_mb: float
    facts: Facts = field(default_factory=dict)

    def __str__(self) -> str:
        """The cost in one line."""
        return f"{self.cpu_s:.2f} CPU s, {self.wall_s:.2f} s, {self.peak_rss_mb:.0f} MB"

    @property
    def measures(self) -> Facts:
        """All numbers by name."""
        return {"cpu_s": self.cpu_s, "wall_s": self.wall_s, "peak_rss_mb": self.peak_rss_mb, **self.facts}


def run_process(argv: tuple[str, ...], folder: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run one command to its end and measure it.

    Args:
        argv: The command; it may import `benchmarks`.
        folder: The working directory.
        env: Environment variables added to those of this process.

    Raises:
        ProcessError: When it ends with another exit code than 0.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(argv, cwd=folder, env=_environment(env), stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise ProcessError(process.returncode, _tail(errors) or _tail(output))
        cpu_s = usage.ru_utime + usage.ru_stime
        return Run(cpu_s, wall_s, usage.ru_maxrss / _KIB_PER_MB, _facts(output))


def _environment(env: Mapping[str, str] | None) -> dict[str, str]:
    """Ours, less a setting that would make every run compile what it imports; the warm-up does that once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = [*filter(None, [(env or {}).get("PYTHONPATH")]), str(_REPOSITORY)]
    return {**kept, **(env or {}), "PYTHONPATH": os.pathsep.join(path)}


def _tail(stream: IO[str]) -> str:
    stream.seek(0)
    return " | ".join(stream.read().strip().splitlines()[-_TAIL_LINES:])[-_TAIL_LETTERS:]


def _facts(output: IO[str]) -> Facts:
    output.seek(0)
    last = (output.read().strip().splitlines() or [""])[-1]
    try:
        found = json.loads(last)
    except ValueError:
        return {}
    return {str(name): float(value) for name, value in found.items()} if isinstance(found, dict) else {}
