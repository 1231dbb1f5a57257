"""A process of its own that waits, ingests when told, and says when it is done: to be killed in between."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from lake_assets_tests.flow.a_lake import ALake

_HERE = Path(__file__).parents[2]
_DRIVER = f"""
import sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
import lake_assets.formats.csv, lake_assets.engines.polars, lake_assets.connectors.filesystem
from lake_assets_tests.flow.a_lake import ALake
print("ready", flush=True)
lake = ALake(Path(sys.stdin.readline().strip())).lake
lake.declarations
print("begins", flush=True)
lake.ingest()
print("ends", flush=True)
"""


class Driver:
    """The process; it does its imports while others run."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, a_lake: ALake) -> None:
        """Return once it begins to ingest."""
        assert self._said() == "ready"
        self._process.stdin.write(f"{a_lake.folder}\n")
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
        """How long the ingest takes when nobody kills it."""
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
