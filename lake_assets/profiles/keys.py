"""What may identify a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from lake_assets.model import Column, ColumnType
from lake_assets.profiles.reading import Reading

if TYPE_CHECKING:
    from lake_assets.inference.column_draft import ColumnDraft

__all__ = ["candidate_keys"]

_LOOKED_AT = 2_000
_NEARLY = 0.85
"""Approximate counts of different values may be a tenth too low."""

_KINDS = {
    pl.Int64: ColumnType.INT,
    pl.String: ColumnType.TEXT,
    pl.Date: ColumnType.DATE,
    pl.Datetime: ColumnType.DATETIME,
}


def candidate_keys(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """Columns, or the smallest sets of them, that are never null and never repeat, the likelier first.

    They are looked for among some rows and held against the whole sample; single columns also against the count of
    different values in the table.

    Args:
        reading: The pass over the table.
    """
    from lake_assets.inference.keys import find_keys  # noqa: PLC0415 - only who profiles pays for it

    usable = [name for name in reading.sample.columns if not reading.figures[name]["nulls"]]
    few = reading.sample.select(usable).head(_LOOKED_AT)
    keys = find_keys([_draft(each) for each in few.get_columns()], few.height)
    found = [*([keys.best] if keys.best else []), *keys.others]
    return tuple(names for names in found if _holds(reading, names))


def _draft(values: pl.Series) -> ColumnDraft:
    from lake_assets.inference.column_draft import ColumnDraft  # noqa: PLC0415 - only who profiles pays for it

    kind = _KINDS.get(values.dtype.base_type(), ColumnType.NESTED)
    return ColumnDraft(Column(values.name, values.name, kind), values)


def _holds(reading: Reading, names: tuple[str, ...]) -> bool:
    if reading.sample.select(names).n_unique() < reading.sample.height:
        return False
    is_single = len(names) == 1
    return reading.is_whole or not is_single or _is_about_all(reading.figures["".join(names)], reading.rows)


def _is_about_all(figures: Mapping[str, object], rows: int) -> bool:
    distinct = figures.get("distinct")
    return isinstance(distinct, int) and distinct >= _NEARLY * rows
