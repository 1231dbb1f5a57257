"""A process of its own that waits, erases when told, and is killed in between."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from lake_assets_tests.erasure.people import SUBJECT

_HERE = Path(__file__).parents[2]
_DRIVER = f"""
import sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
import lake_assets.formats.csv, lake_assets.formats.json, lake_assets.engines.polars
from lake_assets.lake import erase_subject
from lake_assets_tests.flow.a_lake import ALake
print("ready", flush=True)
lake = ALake(Path(sys.stdin.readline().strip())).lake
lake.declarations
print("begins", flush=True)
erase_subject(lake, {SUBJECT!r}, "", "ticket 7", "the officer")
print("ends", flush=True)
"""


class Eraser:
    """The process; it does its imports while others run."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, folder: Path) -> None:
        """Return once it begins to erase."""
        assert self._said() == "ready"
        self._child.stdin.write(f"{folder}\n")
        self._child.stdin.flush()
        assert self._said() == "begins"

    def kill_after(self, seconds: float) -> bool:
        """Kill it; whether it had not come to its end before."""
        time.sleep(seconds)
        self._child.kill()
        was_busy = "ends" not in self._child.stdout.read()
        self._end()
        return was_busy

    def seconds_to_the_end(self) -> float:
        """How long it takes when nobody kills it."""
        began = time.perf_counter()
        assert self._said() == "ends"
        took = time.perf_counter() - began
        self._end()
        return took

    def _said(self) -> str:
        return self._child.stdout.readline().strip()

    def _end(self) -> None:
        self._child.wait()
        self._child.stdin.close()
        self._child.stdout.close()
