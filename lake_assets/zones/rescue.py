"""Rescue: the cells that no column can hold, kept as JSON beside the row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import partial

import polars as pl

from lake_assets.zones.columns import BLANKS, RESCUED, json_object

__all__ = ["CELL", "rescued"]

CELL = "cell:"
"""What the name of a column begins with that keeps the cells of an element as the file has them."""

_MADE = "made:"
"""Likewise for what the cast made of it."""

_FEW = 8
"""A batch has few lost cells when less than one in so many of its rows has one."""


def rescued(
    doubtful: Mapping[str, tuple[str, pl.DataType]],
    unmapped: Mapping[str, pl.DataType],
    numbers: Collection[str],
) -> pl.Expr:
    """The `_rescued` column: null for almost every row, so JSON is made for the others only.

    Args:
        doubtful: By element, kept under `CELL` and its name: the column that its cells were cast to, and the type
            that the file gave them. A cell is lost where the cast gave null.
        unmapped: Elements that no column takes, kept likewise, with their type.
        numbers: Those of the doubtful whose blank cells hold nothing that could be lost.
    """
    if not doubtful and not unmapped:
        return pl.lit(None, pl.String).alias(RESCUED)
    types = {name: kind for name, (_, kind) in doubtful.items()} | dict(unmapped)
    made = [pl.col(column).alias(f"{_MADE}{name}") for name, (column, _) in doubtful.items()]
    made += [pl.lit(None).alias(f"{_MADE}{name}") for name in unmapped]
    losses = [_cell(name).is_not_null() & pl.col(column).is_null() for name, (column, _) in doubtful.items()]
    losses += [_cell(name).is_not_null() for name in unmapped]
    packed = pl.struct(pl.any_horizontal(losses).alias("any"), *made, *map(_cell, types))
    encode = partial(_encode, types=types, numbers=numbers)
    return packed.map_batches(encode, return_dtype=pl.String, is_elementwise=True).alias(RESCUED)


def _cell(name: str) -> pl.Expr:
    return pl.col(f"{CELL}{name}")


def _encode(packed: pl.Series, types: Mapping[str, pl.DataType], numbers: Collection[str]) -> pl.Series:
    """JSON of the lost cells, made for the rows that have one."""
    cells = packed.struct.unnest()
    rows = cells["any"].arg_true()
    text = pl.Series(RESCUED, [None], pl.String).new_from_index(0, packed.len())
    if not rows.len():
        return text
    some = cells[rows]
    if numbers:
        some = some.with_columns(_held(name) for name in numbers)
        is_lost = some.select(pl.any_horizontal(map(_is_lost, types))).to_series()
        rows, some = rows.filter(is_lost), some.filter(is_lost)
    is_few = rows.len() * _FEW < packed.len() and all(kind == pl.String for kind in types.values())
    return text.scatter(rows, _spelled(some, types) if is_few else _encoded(some, types))


def _held(name: str) -> pl.Expr:
    """The cells that hold something; the others as null."""
    return pl.when(_cell(name).str.strip_chars(BLANKS) != "").then(_cell(name))


def _is_lost(name: str) -> pl.Expr:
    return _cell(name).is_not_null() & pl.col(f"{_MADE}{name}").is_null()


def _spelled(rows: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """The JSON of a few rows whose cells are text: to plan a query for them takes several times as long."""
    members: list[list[str]] = [[] for _ in range(rows.height)]
    for name in names:
        head = f"{_quoted(name)}:"
        pairs = zip(members, rows[f"{_MADE}{name}"].to_list(), rows[f"{CELL}{name}"].to_list(), strict=True)
        for so_far, made, cell in pairs:
            if made is None and cell is not None:
                so_far.append(head + _quoted(cell))
    return [f"{{{','.join(each)}}}" for each in members]


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _encoded(rows: pl.DataFrame, types: Mapping[str, pl.DataType]) -> pl.Series:
    members = [pl.when(_is_lost(name)).then(_member(name, kind)) for name, kind in types.items()]
    text = pl.concat_str([pl.lit("{"), pl.concat_str(members, separator=",", ignore_nulls=True), pl.lit("}")])
    return rows.select(text).to_series()


def _member(name: str, kind: pl.DataType) -> pl.Expr:
    """`"name":cell`, cut out of the object that has no other member; what is no number for JSON is text."""
    cell = _cell(name)
    text = _cut(cell.cast(pl.String, strict=False).alias(name))
    if kind.is_float():
        return pl.when(cell.is_finite()).then(_cut(cell.alias(name))).otherwise(text)
    return _cut(cell.alias(name)) if kind.is_nested() or kind.is_integer() or kind == pl.Boolean else text


def _cut(cell: pl.Expr) -> pl.Expr:
    return json_object(cell).str.slice(1).str.head(-1)
