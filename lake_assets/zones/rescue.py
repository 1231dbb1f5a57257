"""Rescue: the cells that no column can hold, kept as JSON beside the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl

from lake_assets.model import Column
from lake_assets.zones.columns import RESCUED, can_fail, json_object

__all__ = ["rescued"]


def rescued(
    columns: Sequence[tuple[Column, pl.DataType]],
    casts: Mapping[str, pl.Expr],
    unmapped: Mapping[str, pl.DataType],
) -> pl.Expr:
    """The `_rescued` column: null for almost every row, so JSON is made for the others only.

    Args:
        columns: The mapped columns with the type their element has in the file.
        casts: What `cast_column` made of them, by column name; evaluated once, since they are the same expressions.
        unmapped: Elements that no column takes, with their type.
    """
    doubtful = [(column, found) for column, found in columns if can_fail(column, found)]
    if not doubtful and not unmapped:
        return pl.lit(None, pl.String).alias(RESCUED)
    losses = {
        column.source_name: pl.col(column.source_name).is_not_null() & casts[column.name].is_null()
        for column, _ in doubtful
    }
    losses |= {name: pl.col(name).is_not_null() for name in unmapped}
    types = {column.source_name: found for column, found in doubtful} | dict(unmapped)
    masks = [mask.alias(f"lost:{name}") for name, mask in losses.items()]
    cells = [pl.col(name).alias(f"cell:{name}") for name in losses]
    packed = pl.struct(pl.any_horizontal(losses.values()).alias("any"), *masks, *cells)
    encode = partial(_encode, types=types)
    return packed.map_batches(encode, return_dtype=pl.String, is_elementwise=True).alias(RESCUED)


def _encode(packed: pl.Series, types: Mapping[str, pl.DataType]) -> pl.Series:
    """JSON of the lost cells, made for the rows that have one."""
    has_any = packed.struct.field("any")
    if not has_any.any():
        return pl.Series(RESCUED, [None], pl.String).new_from_index(0, packed.len())
    rows = packed.to_frame("p").with_row_index("i").filter(has_any).unnest("p")
    members = [pl.when(f"lost:{name}").then(_member(name, kind)) for name, kind in types.items()]
    text = pl.concat_str([pl.lit("{"), pl.concat_str(members, separator=",", ignore_nulls=True), pl.lit("}")])
    encoded = rows.select("i", text.alias(RESCUED))
    places = pl.DataFrame({"i": pl.int_range(packed.len(), dtype=pl.get_index_type(), eager=True)})
    return places.join(encoded, on="i", how="left", maintain_order="left")[RESCUED]


def _member(name: str, kind: pl.DataType) -> pl.Expr:
    """`"name":cell`, cut out of the object that has no other member; what is no number for JSON is text."""
    cell = pl.col(f"cell:{name}")
    text = _cut(cell.cast(pl.String, strict=False).alias(name))
    if kind.is_float():
        return pl.when(cell.is_finite()).then(_cut(cell.alias(name))).otherwise(text)
    return _cut(cell.alias(name)) if kind.is_nested() or kind.is_integer() or kind == pl.Boolean else text


def _cut(cell: pl.Expr) -> pl.Expr:
    return json_object(cell).str.slice(1).str.head(-1)
