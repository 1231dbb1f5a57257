"""What a step cost the machine."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Effort"]


@dataclass(frozen=True)
class Effort:
    """What a step cost the machine; of this process and of the children of it that have ended.

    Args:
        cpu_s: Processor time, of the system as well.
        peak_bytes: Most memory that was resident; where the process held more before the step, only what it held at the
            beginning or the end of it.
        bytes_read: Read from files, caches included; 0 where the system does not count.
        bytes_written: Written to files, caches included; 0 where the system does not count.
    """

    cpu_s: float = 0.0
    peak_bytes: int = 0
    bytes_read: int = 0
    bytes_written: int = 0

    def __add__(self, other: Effort) -> Effort:
        """Of two steps, one after the other."""
        return Effort(
            round(self.cpu_s + other.cpu_s, 6),
            max(self.peak_bytes, other.peak_bytes),
            self.bytes_read + other.bytes_read,
            self.bytes_written + other.bytes_written,
        )
