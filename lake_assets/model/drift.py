"""Drift: the elements of some files are not what the mapping of their dataset knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Drift", "DriftKind"]


class DriftKind(StrEnum):
    """What is other than it was: an element that nobody mapped, one that is lacking, one of another type."""

    NEW = "new"
    MISSING = "missing"
    TYPE = "type"


@dataclass(frozen=True)
class Drift:
    """What one element is in some files that were formatted together.

    Args:
        kind: What is other than it was.
        element: Its name in the files.
        column: The column that it is mapped to; empty when there is none.
        expected: The type of that column; empty for an element that is new.
        found: The type that the format gave it; empty where it is missing.
        outcome: What came of it, for people.
        files: Number of files in which it is so.
        file_id: The first of them.
        file: Its name.
    """

    kind: DriftKind
    element: str
    column: str
    expected: str
    found: str
    outcome: str
    files: int
    file_id: int
    file: str

    def __str__(self) -> str:
        """Say it in one line.

        >>> str(Drift(DriftKind.MISSING, "fare", "price", "float", "", "null in its rows", 1, 7, "may.csv"))
        'missing element fare (may.csv): null in its rows'
        """
        others = f" and {self.files - 1:,} more" if self.files > 1 else ""
        what = {DriftKind.TYPE: "another type of"}.get(self.kind, self.kind.value)
        return f"{what} element {self.element} ({self.file}{others}): {self.outcome}"
