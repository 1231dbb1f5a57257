"""What a caller of the benchmark chooses."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Options"]


@dataclass(frozen=True)
class Options:
    """Options of all workloads.

    Args:
        scale: 1 is the size that the published figures are taken at; less is for trying things out.
        runs: Counted runs, after one to warm up.
        only: Words; a contestant runs when `step:name` holds one of them, a baseline always; empty means all.
    """

    scale: float = 1.0
    runs: int = 5
    only: tuple[str, ...] = ()

    @property
    def are_published(self) -> bool:
        """Whether the figures are kept and published: at full scale and with everybody."""
        return self.scale == 1 and not self.only
