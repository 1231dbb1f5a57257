"""Fewer rows that still give an output row: what can be taken away without a change did not bear on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["MOST_ROWS", "Narrowed", "narrow"]

MOST_ROWS = 10_000
"""So many rows are held in memory and tried."""

_TRIALS = 160
_VALUES = 40
_ONE_BY_ONE = 64

Makes = Callable[[Mapping[str, pl.LazyFrame]], bool]
"""Whether a transformation gives the output row of some rows of its inputs."""


@dataclass(frozen=True)
class Narrowed:
    """Rows that are left.

    Args:
        rows: By input.
        is_exact: Whether each of them was taken away once, and the output row was not the same then.
    """

    rows: dict[str, pl.DataFrame]
    is_exact: bool


def narrow(makes: Makes, rows: Mapping[str, pl.DataFrame]) -> Narrowed:
    """Take away rows that are alike in one column while the output row stays the same; then try each that is left.

    Args:
        makes: Runs the transformation.
        rows: Of which it gives the output row, by input.
    """
    left, trials = dict(rows), 0
    for name in rows:
        for part in _parts(rows[name]):
            fewer = left[name].filter(~part)
            if trials >= _TRIALS or fewer.height == left[name].height:
                continue
            trials += 1
            if makes(_lazy({**left, name: fewer})):
                left[name] = fewer
    return Narrowed(left, is_exact=_each_bears(makes, left))


def _parts(rows: pl.DataFrame) -> Iterator[pl.Expr]:
    """The rows with one value of a column, for columns of few values, those of fewest first."""
    plain = [name for name, kind in rows.schema.items() if not kind.is_nested()]
    counts = {name: rows[name].n_unique() for name in plain}
    for name in sorted(plain, key=lambda name: counts[name]):
        if 1 < counts[name] <= _VALUES:
            for value in rows[name].unique(maintain_order=True):
                yield pl.col(name).eq_missing(pl.lit(value, rows.schema[name]))


def _each_bears(makes: Makes, rows: Mapping[str, pl.DataFrame]) -> bool:
    if sum(frame.height for frame in rows.values()) > _ONE_BY_ONE:
        return False
    return not any(
        makes(_lazy({**rows, name: _without(frame, index)}))
        for name, frame in rows.items()
        for index in range(frame.height)
    )


def _without(frame: pl.DataFrame, index: int) -> pl.DataFrame:
    return pl.concat([frame[:index], frame[index + 1 :]])


def _lazy(rows: Mapping[str, pl.DataFrame]) -> dict[str, pl.LazyFrame]:
    return {name: frame.lazy() for name, frame in rows.items()}
