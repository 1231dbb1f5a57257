"""A process of its own that waits, works on a lake when told, and says when it is done: to be killed in between."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

_HERE = Path(__file__).parents[2]
_DRIVER = f"""
import sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
import lake_assets.formats.csv, lake_assets.formats.json, lake_assets.engines.polars
import lake_assets.connectors.filesystem
from lake_assets.lake import erase_subject
from lake_assets_tests.flow.a_lake import ALake
print("ready", flush=True)
lake = ALake(Path(sys.stdin.readline().strip())).lake
lake.declarations
print("begins", flush=True)
{{does}}
print("ends", flush=True)
"""


class Driver:
    """The process; it does its imports while others run.

    Args:
        does: What it does, in Python, with the `lake`.
    """

    def __init__(self, does: str = "lake.ingest()") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _DRIVER.format(does=does)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, folder: Path) -> None:
        """Return once it begins its work on the lake in a folder."""
        assert self._said() == "ready"
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        assert self._said() == "begins"

    def kill_after(self, seconds: float) -> bool:
        """Kill it; whether it had not come to its end before."""
        time.sleep(seconds)
        self._process.kill()
        was_busy = "ends" not in self._process.stdout.read()
        self._end()
        return was_busy

    def seconds_to_the_end(self) -> float:
        """How long its work takes when nobody kills it."""
        began = time.perf_counter()
        assert self._said() == "ends"
        took = time.perf_counter() - began
        self._end()
        return took

    def _said(self) -> str:
        return self._process.stdout.readline().strip()

    def _end(self) -> None:
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
