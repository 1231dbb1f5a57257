"""What the columns depend on where a frame gets another shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from lake_assets.lineage.frame import Frame
from lake_assets.lineage.ways import NONE, Dependencies, deciding, together, valued
from lake_assets.model import Way

__all__ = ["exploded", "numbered", "unnested", "unpivoted"]


def exploded(frame: Frame, lists: Sequence[str]) -> Frame:
    """A row for each element of lists: how long they are decides how many rows there are."""
    made = {name: valued(frame.columns[name], Way.TRANSFORMATION) for name in lists}
    lengths = together(deciding(frame.columns[name], Way.FILTER) for name in lists)
    return replace(frame, columns={**frame.columns, **made}).with_rows(lengths)


def unpivoted(
    frame: Frame, index: Sequence[str] | None, on: Sequence[str] | None, variable: str, value: str
) -> Frame:
    """A row for each cell: its value in one column, the name of its column in another."""
    kept = list(index or ())
    cells = list(on) if on else [name for name in frame.columns if name not in kept]
    columns: dict[str, Dependencies] = {name: frame.columns[name] for name in kept}
    columns[variable] = NONE
    columns[value] = together(frame.columns[name] for name in cells)
    return replace(frame, columns=columns)


def unnested(
    frame: Frame, structs: Sequence[str], types: Mapping[str, pl.DataType], columns: Sequence[str]
) -> Frame:
    """A column for each field of structs; one whose struct is not known is taken to be of any of them."""
    owner = {
        field.name: name
        for name in structs
        for kind in (types[name],)
        if isinstance(kind, pl.Struct)
        for field in kind.fields
    }
    any_of_them = together(valued(frame.columns[name], Way.TRANSFORMATION) for name in structs)
    made: dict[str, Dependencies] = {}
    for name in columns:
        if name in owner:
            made[name] = valued(frame.columns[owner[name]], Way.TRANSFORMATION)
        else:
            made[name] = frame.columns.get(name, any_of_them)
    return replace(frame, columns=made)


def numbered(frame: Frame, name: str) -> Frame:
    """A column with the number of each row."""
    return replace(frame, columns={name: NONE, **frame.columns})
