"""One element cast to one column, as the formatted zone does it."""

from __future__ import annotations

import json

import polars as pl

from lake_assets.model import Column, ColumnType
from lake_assets.zones.columns import can_fail, cast_column, is_number
from lake_assets.zones.rescue import CELL, rescued


def cast(kind: ColumnType, values: pl.Series, layout: str = "") -> list[tuple[object, str | None]]:
    """Each cell of an element `c` with what the column holds of it and what is rescued.

    The same cells are cast alone and as a few among many nulls, which are rescued by another path.
    """
    alone = _cast(Column("c", "c", kind, layout), values)
    among_many = _cast(Column("c", "c", kind, layout), values.extend_constant(None, 10 * values.len()))
    assert [_parsed(row) for row in among_many[: values.len()]] == [_parsed(row) for row in alone]
    assert set(among_many[values.len() :]) <= {(None, None)}
    return alone


def _cast(column: Column, values: pl.Series) -> list[tuple[object, str | None]]:
    doubtful = {"c": ("made", values.dtype)} if can_fail(column, values.dtype) else {}
    frame = values.alias("c").to_frame().lazy()
    cells = frame.select(cast_column(column, values.dtype).alias("made"), pl.col("c").alias(f"{CELL}c"))
    return (
        cells.select("made", rescued(doubtful, {}, {"c"} if is_number(column, values.dtype) else ()))
        .collect(engine="streaming")
        .rows()
    )


def _parsed(row: tuple[object, str | None]) -> tuple[object, object]:
    """The JSON by what it says: there are two ways to write a control character."""
    made, kept = row
    return repr(made), kept and json.loads(kept)
