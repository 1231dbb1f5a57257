"""From the elements of a file to the columns of the canonical model: the casts of the formatted zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from lake_assets.model import Column, ColumnType

__all__ = ["RESCUED", "STORED_TYPES", "cast_column", "rescued"]

RESCUED = "_rescued"
"""The column that keeps, as JSON text by element, the cells that do not decode and elements nobody mapped."""

STORED_TYPES: dict[ColumnType, pl.DataType] = {
    ColumnType.TEXT: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.BOOL: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.DATETIME: pl.Datetime("us", "UTC"),
}

_TRUE = ["true", "t", "yes", "y", "1"]
_FALSE = ["false", "f", "no", "n", "0"]
_DATETIME_LAYOUT = "%Y-%m-%dT%H:%M:%S%.fZ"
_HAS_ZONE = ("%z", "%:z", "%#z")


def cast_column(column: Column, found: pl.DataType) -> pl.Expr:
    """Cast an element to the type of its column; what does not decode becomes null.

    Args:
        column: The column; its element is looked up by source name.
        found: The type the format gave the element.
    """
    element = pl.col(column.source_name)
    if column.kind is ColumnType.NESTED or found == STORED_TYPES.get(column.kind):
        return element.alias(column.name)
    if found != pl.String():
        return _cast_typed(element, found, column).alias(column.name)
    return _cast_text(element, column).alias(column.name)


def _cast_typed(element: pl.Expr, found: pl.DataType, column: Column) -> pl.Expr:
    if column.kind is ColumnType.TEXT and found.is_nested():
        return pl.struct(element.alias("v")).struct.json_encode().str.json_path_match("$.v")
    if column.kind in {ColumnType.DATE, ColumnType.DATETIME} and found.is_numeric():
        return _cast_text(element.cast(pl.String), column)
    return element.cast(STORED_TYPES[column.kind], strict=False)


def _cast_text(text: pl.Expr, column: Column) -> pl.Expr:
    match column.kind:
        case ColumnType.BOOL:
            lower = text.str.to_lowercase()
            truth = pl.when(lower.is_in(_TRUE)).then(statement=True)
            return truth.when(lower.is_in(_FALSE)).then(statement=False).otherwise(None)
        case ColumnType.DATE:
            return text.str.to_date(column.layout or "%Y-%m-%d", strict=False)
        case ColumnType.DATETIME:
            return _to_datetime(text, column.layout or _DATETIME_LAYOUT)
        case _:
            return text.cast(STORED_TYPES[column.kind], strict=False)


def _to_datetime(text: pl.Expr, layout: str) -> pl.Expr:
    """An instant: with an offset as written, without one in UTC."""
    if any(mark in layout for mark in _HAS_ZONE):
        return text.str.to_datetime(layout, strict=False, time_unit="us", time_zone="UTC")
    return text.str.to_datetime(layout, strict=False, time_unit="us").dt.replace_time_zone("UTC")


def rescued(columns: Sequence[tuple[Column, pl.DataType]], unmapped: Mapping[str, pl.DataType]) -> pl.Expr:
    """The `_rescued` column: null for almost every row, so JSON is made for the others only.

    Args:
        columns: The mapped columns with the type their element has in the file.
        unmapped: Elements that no column takes, with their type.
    """
    doubtful = [(column, found) for column, found in columns if _can_fail(column, found)]
    if not doubtful and not unmapped:
        return pl.lit(None, pl.String).alias(RESCUED)
    lost = [
        (pl.col(column.source_name).is_not_null() & cast_column(column, found).is_null(), column.source_name)
        for column, found in doubtful
    ]
    masks = [mask for mask, _ in lost] + [pl.col(name).is_not_null() for name in unmapped]
    names = [name for _, name in lost] + list(unmapped)
    nested = {name for name, found in unmapped.items() if found.is_nested()}
    cells = [mask.alias(f"lost:{name}") for mask, name in zip(masks, names, strict=True)]
    cells += [_as_text(name, nested=name in nested).alias(f"cell:{name}") for name in names]
    packed = pl.struct(pl.any_horizontal(masks).alias("any"), *cells)
    return packed.map_batches(_encode, return_dtype=pl.String, is_elementwise=True).alias(RESCUED)


def _as_text(name: str, *, nested: bool) -> pl.Expr:
    """A cell as text: nested ones as JSON of an object that holds it."""
    cell = pl.col(name)
    return pl.struct(cell).struct.json_encode() if nested else cell.cast(pl.String, strict=False)


def _can_fail(column: Column, found: pl.DataType) -> bool:
    return column.kind not in {ColumnType.TEXT, ColumnType.NESTED} and found != STORED_TYPES[column.kind]


def _encode(packed: pl.Series) -> pl.Series:
    """JSON of the lost cells, made for the rows that have one."""
    has_any = packed.struct.field("any")
    if not has_any.any():
        return pl.Series(RESCUED, [None], pl.String).new_from_index(0, packed.len())
    rows = packed.to_frame("p").with_row_index("i").filter(has_any).unnest("p")
    names = [name.removeprefix("cell:") for name in rows.columns if name.startswith("cell:")]
    kept = [pl.when(f"lost:{name}").then(pl.col(f"cell:{name}")).alias(name) for name in names]
    encoded = rows.select("i", pl.struct(kept).struct.json_encode().alias(RESCUED))
    places = pl.DataFrame({"i": pl.int_range(packed.len(), dtype=pl.get_index_type(), eager=True)})
    return places.join(encoded, on="i", how="left", maintain_order="left")[RESCUED]
