"""One element cast to one column, as the formatted zone does it."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Column, ColumnType
from lake_assets.zones.columns import cast_column
from lake_assets.zones.rescue import rescued


def cast(kind: ColumnType, values: pl.Series, layout: str = "") -> list[tuple[object, str | None]]:
    """Each cell of an element `c` with what the column holds of it and what is rescued."""
    column = Column("c", "c", kind, layout)
    made = cast_column(column, values.dtype)
    frame = values.alias("c").to_frame().lazy()
    return (
        frame.select(made.alias("made"), rescued([(column, values.dtype)], {"c": made}, {}))
        .collect(engine="streaming")
        .rows()
    )
