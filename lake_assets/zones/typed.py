"""Opened files as one typed frame, every cell in its column or beside the row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from lake_assets.formats import ROW
from lake_assets.model import PROVENANCE, Column, ColumnType, Mapping
from lake_assets.zones.columns import RESCUED, can_fail, cast_column
from lake_assets.zones.opened import Opened
from lake_assets.zones.rescue import CELL, rescued

__all__ = ["nested_types", "typed_frame"]

_OURS = {RESCUED, *PROVENANCE}


def typed_frame(opened: Sequence[Opened], mapping: Mapping, schema: pl.Schema) -> pl.LazyFrame:
    """All rows of opened files, typed, in the order of the files and of the records in them.

    Args:
        opened: The files.
        mapping: Covers their elements.
        schema: Of the formatted table.
    """
    return pl.concat([_typed(each, mapping, schema) for each in opened], how="vertical")


def _typed(each: Opened, mapping: Mapping, schema: pl.Schema) -> pl.LazyFrame:
    taken = list(_taken(each, mapping, schema))
    names = {column.source_name for column, _ in taken}
    unmapped = {name: kind for name, kind in each.elements.items() if name not in names}
    doubtful = {
        column.source_name: (column.name, found) for column, found in taken if can_fail(column, found)
    }
    columns = {column.name for column, _ in taken}
    # In two steps, so that every cell is cast once: of masks and casts in one, Polars finds only the masks alike.
    cast = each.decoded.frame.select(
        *(cast_column(column, found) for column, found in taken),
        *(pl.col(name).alias(f"{CELL}{name}") for name in (*doubtful, *unmapped)),
        pl.col(ROW).cast(pl.Int64).alias(PROVENANCE[1]),
    )
    return cast.select(
        *(
            pl.col(name) if name in columns else pl.lit(None, kind).alias(name)
            for name, kind in schema.items()
            if name not in _OURS
        ),
        rescued(doubtful, unmapped),
        pl.lit(each.file.file_id, pl.Int64).alias(PROVENANCE[0]),
        PROVENANCE[1],
    )


def _taken(each: Opened, mapping: Mapping, schema: pl.Schema) -> Iterator[tuple[Column, pl.DataType]]:
    """The columns that the file has an element for; a nested one only if it is of the pinned type."""
    for column in mapping.columns:
        found = each.elements.get(column.source_name)
        if found is None or (column.kind is ColumnType.NESTED and found != schema.get(column.name)):
            continue
        yield column, found


def nested_types(mapping: Mapping, opened: Sequence[Opened], pinned: pl.Schema) -> dict[str, pl.DataType]:
    """The type of each nested column: as pinned, else as the first file has it that nests anything there."""
    types: dict[str, pl.DataType] = {}
    for column in mapping.columns:
        if column.kind is ColumnType.NESTED:
            found = [kind for each in opened if (kind := each.elements.get(column.source_name))]
            nested = [kind for kind in [pinned.get(column.name), *found] if kind and kind.is_nested()]
            if nested:
                types[column.name] = nested[0]
    return types
