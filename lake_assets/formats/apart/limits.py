"""What the child may take of the machine, for one file."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Expansion", "TooLargeError", "hold_back", "limit"]

_MEMORY_BYTES = 4 << 30
_CPU_S = 120
_CPU_S_PER_MIB = 5
_FREE_BYTES = 1 << 30


class TooLargeError(Exception):
    """A file holds far more than its size lets expect."""


@dataclass
class Expansion:
    """How much comes out of a file; beyond 1 GiB it must be in proportion to its size.

    Args:
        stored: The size of the file, in bytes.
        ratio: How many times as much may come out of it.

    >>> Expansion(10, 100).add(1 << 30)
    >>> Expansion(10, 100).add((1 << 30) + 1)
    Traceback (most recent call last):
    ...
    lake_assets.formats.apart.limits.TooLargeError: 10 bytes hold more than 100 times as much
    """

    stored: int
    ratio: int
    total: int = 0

    def add(self, size: int) -> None:
        """Count what came out.

        Raises:
            TooLargeError: When it is out of proportion.
        """
        self.total += size
        if self.total > max(_FREE_BYTES, self.stored * self.ratio):
            raise TooLargeError(f"{self.stored:,} bytes hold more than {self.ratio:,} times as much")


def hold_back() -> None:
    """Leave no core dump, and be the first to go when the machine runs out of memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def limit(size_bytes: int) -> None:
    """Allow so much memory and time from now on as a file may need.

    Args:
        size_bytes: Of the file.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + _CPU_S + _CPU_S_PER_MIB * (size_bytes >> 20)
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_AS, _virtual_bytes() + _MEMORY_BYTES)


def _set(kind: int, wanted: int) -> None:
    hard = resource.getrlimit(kind)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _virtual_bytes() -> int:
    """What the process has reserved already; nothing where the system does not say."""
    with suppress(OSError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
