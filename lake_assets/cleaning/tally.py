"""What cleaning changes, counted while the rows go by."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import polars as pl

from lake_assets.model import Cleaned

__all__ = ["Tally"]

_Place = tuple[int, str, str]


class Tally:
    """The counts of the pass over the rows during which it counts, as a context; in every other pass it stands idle."""

    def __init__(self) -> None:
        self._changed: dict[_Place, int] = {}
        self._lost: dict[_Place, int] = {}
        self._lock = Lock()
        self._is_counting = False

    def __enter__(self) -> None:
        self._is_counting = True

    def __exit__(self, *_: object) -> None:
        self._is_counting = False

    def counted(
        self, place: _Place, before: pl.Expr, after: pl.Expr, becomes: pl.DataType, *, loses: bool
    ) -> pl.Expr:
        """The cell as it becomes, which counts it on its way when it is another.

        Args:
            place: Number of the step, its kind, the column.
            before: The cell as it is.
            after: As it becomes.
            becomes: Its type then.
            loses: Whether a cell that becomes null is lost, rather than meant to be null.
        """
        self._changed[place] = self._lost[place] = 0

        def count(cells: Sequence[pl.Series]) -> pl.Series:
            old, new = cells
            if not self._is_counting:
                return new
            lost = int((old.is_not_null() & new.is_null()).sum()) if loses else 0
            changed = _changed(old, new) - lost
            with self._lock:
                self._changed[place] += changed
                self._lost[place] += lost
            return new

        return pl.map_batches([before, after], count, return_dtype=becomes, is_elementwise=True)

    def add(self, place: _Place, changed: int) -> None:
        """Take note of what was counted elsewhere."""
        self._changed[place], self._lost[place] = changed, 0

    def cleaned(self) -> tuple[Cleaned, ...]:
        """What each step changed in each column, in order."""
        return tuple(
            Cleaned(*place, changed=changed, lost=self._lost[place])
            for place, changed in self._changed.items()
        )


def _changed(old: pl.Series, new: pl.Series) -> int:
    """Cells that are others now; in another type, every cell that has a value is."""
    if old.dtype == new.dtype:
        return int(old.ne_missing(new).sum())
    return old.len() - old.null_count()
