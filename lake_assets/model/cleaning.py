"""A cleaning step as data: what is mended in which columns on the way into the trusted table, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["EVERY_TEXT", "Cleaned", "CleaningStep"]

EVERY_TEXT = "*"
"""What stands for the name of a column where a step is for every column of text."""


@dataclass(frozen=True)
class CleaningStep:
    """One step; steps are taken in the order in which they are declared.

    Args:
        kind: One of the kinds that `lake_assets.cleaning` knows, such as `trim`.
        settings: What the kind needs to know for each of its columns, JSON values; the columns in order.
        options: What it needs to know for all of them together, JSON values.
    """

    kind: str
    settings: dict[str, dict[str, object]]
    options: dict[str, object] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names."""
        return tuple(name for name in self.settings if name != EVERY_TEXT)


@dataclass(frozen=True)
class Cleaned:
    """What one step changed in one column of a batch.

    Args:
        step: The number of the step, from 1.
        kind: Its kind.
        column: The column; several joined by commas where the step is about rows.
        changed: Number of cells that it changed; number of rows that it left out, where it is about rows.
        lost: Number of cells that it could not make anything of: null now, and kept as text in `_rescued`.
    """

    step: int
    kind: str
    column: str
    changed: int
    lost: int = 0
