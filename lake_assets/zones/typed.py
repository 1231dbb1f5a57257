"""Opened files as one typed frame, every cell in its column or beside the row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from lake_assets.formats import ROW, Shared
from lake_assets.model import PROVENANCE, Column, ColumnType, Mapping
from lake_assets.zones.columns import RESCUED, can_fail, cast_column, is_number
from lake_assets.zones.opened import Opened
from lake_assets.zones.rescue import CELL, rescued

__all__ = ["nested_types", "typed_frame"]

_OURS = {RESCUED, *PROVENANCE}
_FROM = "\0file"
_SMALL_BYTES = 1 << 20
_TOGETHER_BYTES = 16 << 20


def typed_frame(opened: Sequence[Opened], mapping: Mapping, schema: pl.Schema) -> pl.LazyFrame:
    """All rows of opened files, typed; small files with the same elements stand together.

    Args:
        opened: The files.
        mapping: Covers their elements.
        schema: Of the formatted table.
    """
    return pl.concat([_typed(group, mapping, schema) for group in _groups(opened)], how="vertical")


def _groups(opened: Sequence[Opened]) -> list[list[Opened]]:
    """Small files that bring the same elements, some together; every other file alone."""
    groups: list[list[Opened]] = []
    last: dict[object, tuple[list[Opened], int]] = {}
    keys: dict[int, object] = {}
    for each in opened:
        size_bytes = each.file.size_bytes
        if size_bytes > _SMALL_BYTES:
            groups.append([each])
            continue
        # What was read together has its elements from one place.
        key = keys.setdefault(id(each.elements), tuple(each.elements.items()))
        group, held_bytes = last.get(key, ([], _TOGETHER_BYTES))
        if held_bytes + size_bytes > _TOGETHER_BYTES:
            group, held_bytes = [], 0
            groups.append(group)
        group.append(each)
        last[key] = group, held_bytes + size_bytes
    return groups


def _rows(group: Sequence[Opened]) -> pl.LazyFrame:
    """The rows of files with the same elements, made one frame: by itself each would cost more than its rows do."""
    frames = [*_shared(group), *(_alone(each) for each in group if not each.decoded.shared)]
    if len(frames) == 1:
        return frames[0]
    schema = pl.Schema({**group[0].elements, ROW: pl.Int64(), _FROM: pl.Int64()})
    return pl.defer(lambda: pl.concat(frames, rechunk=True).collect(), schema=schema)


def _shared(group: Sequence[Opened]) -> Iterator[pl.LazyFrame]:
    """The rows of files that were read together."""
    found: dict[int, tuple[Shared, list[int]]] = {}
    for each in group:
        if shared := each.decoded.shared:
            found.setdefault(id(shared), (shared, []))[1].append(each.file.file_id)
    for shared, ids in found.values():
        rows = shared.rows.lazy().with_columns(shared.files.alias(_FROM))
        yield rows if len(ids) == shared.files.n_unique() else rows.filter(pl.col(_FROM).is_in(ids))


def _alone(each: Opened) -> pl.LazyFrame:
    return each.decoded.frame.select(
        *each.elements, pl.col(ROW).cast(pl.Int64), pl.lit(each.file.file_id, pl.Int64).alias(_FROM)
    )


def _typed(group: Sequence[Opened], mapping: Mapping, schema: pl.Schema) -> pl.LazyFrame:
    each = group[0]
    taken = list(_taken(each, mapping, schema))
    names = {column.source_name for column, _ in taken}
    unmapped = {name: kind for name, kind in each.elements.items() if name not in names}
    doubtful = {
        column.source_name: (column.name, found) for column, found in taken if can_fail(column, found)
    }
    numbers = {column.source_name for column, found in taken if is_number(column, found)}
    columns = {column.name for column, _ in taken}
    # In two steps, so that every cell is cast once: of masks and casts in one, Polars finds only the masks alike.
    cast = _rows(group).select(
        *(cast_column(column, found) for column, found in taken),
        *(pl.col(name).alias(f"{CELL}{name}") for name in (*doubtful, *unmapped)),
        pl.col(_FROM).alias(PROVENANCE[0]),
        pl.col(ROW).alias(PROVENANCE[1]),
    )
    return cast.select(
        *(
            pl.col(name) if name in columns else pl.lit(None, kind).alias(name)
            for name, kind in schema.items()
            if name not in _OURS
        ),
        rescued(doubtful, unmapped, numbers),
        *PROVENANCE,
    )


def _taken(each: Opened, mapping: Mapping, schema: pl.Schema) -> Iterator[tuple[Column, pl.DataType]]:
    """The columns that the file has an element for; a nested one only if it is of the pinned type."""
    for column in mapping.columns:
        name = column.name_in(each.elements)
        if name is None:
            continue
        found = each.elements[name]
        if column.kind is not ColumnType.NESTED or found == schema.get(column.name):
            yield replace(column, source_name=name), found


def nested_types(mapping: Mapping, opened: Sequence[Opened], pinned: pl.Schema) -> dict[str, pl.DataType]:
    """The type of each nested column: as pinned, else as the first file has it that nests anything there."""
    types: dict[str, pl.DataType] = {}
    for column in mapping.columns:
        if column.kind is ColumnType.NESTED:
            names = [(each, name) for each in opened if (name := column.name_in(each.elements)) is not None]
            found = [each.elements[name] for each, name in names]
            nested = [kind for kind in [pinned.get(column.name), *found] if kind and kind.is_nested()]
            if nested:
                types[column.name] = nested[0]
    return types
