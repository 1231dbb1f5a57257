"""The pass over a table: exact figures of all rows, and a sample spread over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

__all__ = ["Reading", "is_measured", "read_table"]

_SAMPLE_ROWS = 50_000


@dataclass(frozen=True)
class Reading:
    """What a pass over a table gives.

    Args:
        rows: Number of rows.
        figures: By column, then by figure: `nulls`, `distinct`, `min`, `max`, `mean`, `std`, those that there are.
        sample: Rows at even distances; all of them where the table is small.
    """

    rows: int
    figures: Mapping[str, Mapping[str, object]]
    sample: pl.DataFrame

    @property
    def is_whole(self) -> bool:
        """Whether the sample holds every row."""
        return self.sample.height == self.rows


def read_table(frame: pl.LazyFrame, rows: int, columns: Sequence[str], hidden: set[str]) -> Reading:
    """Read a table once.

    Args:
        frame: The table.
        rows: How many rows it has, as its log says.
        columns: The columns to look at.
        hidden: Those whose values are not to be looked at: only nulls and different values are counted.
    """
    schema = frame.collect_schema()
    shown = [name for name in columns if name not in hidden]
    figures = frame.select(
        pl.len().alias("len"),
        *(each for name in columns for each in _figures(name, schema[name], is_shown=name in shown)),
    )
    sample = (
        frame.select(shown).gather_every(max(1, rows // _SAMPLE_ROWS)) if shown else frame.select().head(0)
    )
    found, sampled = pl.collect_all([figures, sample], engine="streaming")
    return Reading(int(found["len"].item()), _by_column(found), sampled)


def is_measured(kind: pl.DataType) -> bool:
    """Whether values of a type have quantiles: numbers and times."""
    return kind.is_numeric() or isinstance(kind, pl.Date | pl.Datetime)


def _figures(name: str, kind: pl.DataType, *, is_shown: bool) -> list[pl.Expr]:
    column = pl.col(name)
    found = {"nulls": column.null_count()}
    if not kind.is_nested():
        found["distinct"] = column.approx_n_unique() - column.has_nulls().cast(pl.UInt32)
    if is_shown and (is_measured(kind) or kind == pl.String):
        found |= {"min": column.min(), "max": column.max()}
    if is_shown and kind.is_numeric():
        found |= {"mean": column.mean(), "std": column.std()}
    return [each.alias(f"{name}\0{figure}") for figure, each in found.items()]


def _by_column(found: pl.DataFrame) -> dict[str, dict[str, object]]:
    figures: dict[str, dict[str, object]] = {}
    for name, value in found.row(0, named=True).items():
        column, _, figure = name.partition("\0")
        if figure:
            figures.setdefault(column, {})[figure] = value
    return figures
