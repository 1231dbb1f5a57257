"""What the machine has spent on this process so far, as the system counts it anyway."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lake_assets.model import Effort

__all__ = ["Meter"]

_KIB = 1024
_READ, _WRITTEN, _PEAK, _NOW = "rchar", "wchar", "VmHWM", "VmRSS"


@dataclass(frozen=True)
class Meter:
    """A reading of the counters.

    Args:
        cpu_s: Processor time of the process and its ended children.
        counts: Bytes by what the system calls them; empty where it does not count.
    """

    cpu_s: float
    counts: dict[str, int]

    @classmethod
    def read(cls) -> Meter:
        """Read them now, which takes some microseconds."""
        return cls(_cpu_s(), {**_counts("io", 1), **_counts("status", _KIB)})

    def until(self, later: Meter) -> Effort:
        """What was spent between this reading and a later one."""
        most = later.counts.get(_PEAK, 0)
        if most <= self.counts.get(_PEAK, 0):  # reached before, so by another step
            most = max(self.counts.get(_NOW, 0), later.counts.get(_NOW, 0))
        return Effort(
            cpu_s=round(later.cpu_s - self.cpu_s, 6),
            peak_bytes=most or _most_of_process(),
            bytes_read=later.counts.get(_READ, 0) - self.counts.get(_READ, 0),
            bytes_written=later.counts.get(_WRITTEN, 0) - self.counts.get(_WRITTEN, 0),
        )


def _cpu_s() -> float:
    """Finer than `os.times`, which counts ticks of ten milliseconds: many a step takes less."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _counts(name: str, unit: int) -> dict[str, int]:
    """The counters of a file of `/proc/self`; none on systems without it."""
    try:
        lines = Path("/proc/self", name).read_text().splitlines()
    except OSError:
        return {}
    parts = [line.partition(":") for line in lines]
    return {
        key: int(value.split()[0]) * unit for key, _, value in parts if key in {_READ, _WRITTEN, _PEAK, _NOW}
    }


def _most_of_process() -> int:
    """Most resident memory ever, where nothing finer is told."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KIB
