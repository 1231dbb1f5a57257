"""From the elements of a file to the columns of the canonical model: the casts of the formatted zone."""

from __future__ import annotations

import polars as pl

from lake_assets.model import ISO, RESCUED, Column, ColumnType, number_layout, time_layouts, truth_words
from lake_assets.zones.instants import INSTANT, read_instants

__all__ = ["BLANKS", "RESCUED", "STORED_TYPES", "can_fail", "cast_column", "is_number", "json_object"]

STORED_TYPES: dict[ColumnType, pl.DataType] = {
    ColumnType.TEXT: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.BOOL: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.DATETIME: INSTANT,
}

BLANKS = " \t"
"""What may stand around a number."""

_TRUE = ["true", "t", "yes", "y", "1"]
_FALSE = ["false", "f", "no", "n", "0"]
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


def can_fail(column: Column, found: pl.DataType) -> bool:
    """Whether a cell of the type found may be lost in a column."""
    return column.kind not in {ColumnType.TEXT, ColumnType.NESTED} and found != STORED_TYPES[column.kind]


def is_number(column: Column, found: pl.DataType) -> bool:
    """Whether a number is read from text, of which blanks are no part: an empty one is no value, and none is lost."""
    return found == pl.String and column.kind in {ColumnType.INT, ColumnType.FLOAT}


def _cast_typed(element: pl.Expr, found: pl.DataType, column: Column) -> pl.Expr:
    """Cast what the format gave a type; a value that the column cannot hold exactly does not decode."""
    wanted, is_time = STORED_TYPES[column.kind], column.kind in {ColumnType.DATE, ColumnType.DATETIME}
    if column.kind is ColumnType.TEXT:
        return _as_json(element) if found.is_nested() else element.cast(wanted)
    if is_time and found.is_numeric():
        return _cast_text(element.cast(pl.String), column)
    if not (found.is_temporal() if is_time else found.is_numeric() or found == pl.Boolean):
        return pl.lit(None, wanted)
    cast = element.cast(wanted, strict=False)
    return pl.when(cast.cast(found, strict=False) == element).then(cast)


# Without the cache of Polars, which begins anew with every batch: in a stream it costs twice what it saves.
def _cast_text(text: pl.Expr, column: Column) -> pl.Expr:
    match column.kind:
        case ColumnType.BOOL:
            lower = text.str.to_lowercase()
            true, false = truth_words(column.layout) if column.layout else (_TRUE, _FALSE)
            truth = pl.when(lower.is_in(true)).then(statement=True)
            return truth.when(lower.is_in(false)).then(statement=False).otherwise(None)
        case ColumnType.DATE:
            return _first([_to_date(text, layout) for layout in time_layouts(column.layout or ISO)])
        case ColumnType.DATETIME:
            return _first([_to_datetime(text, layout) for layout in time_layouts(column.layout or ISO)])
        case _:
            bare = text.str.strip_chars(BLANKS)
            plain = _plain_number(bare, column.layout) if column.layout else bare
            return plain.cast(STORED_TYPES[column.kind], strict=False)


def _first(readings: list[pl.Expr]) -> pl.Expr:
    return readings[0] if len(readings) == 1 else pl.coalesce(readings)


def _plain_number(text: pl.Expr, layout: str) -> pl.Expr:
    """Numbers as Polars reads them; null for what is not written in the layout."""
    marks = number_layout(layout)
    bare = text.str.replace_all(marks.between, "") if marks.thousands else text
    plain = bare.str.replace(marks.decimal, ".", literal=True)
    return pl.when(text.str.contains(marks.pattern)).then(plain)


def _to_date(text: pl.Expr, layout: str) -> pl.Expr:
    return text.str.to_date("%Y-%m-%d" if layout == ISO else layout, strict=False, cache=False)


def _to_datetime(text: pl.Expr, layout: str) -> pl.Expr:
    """An instant: with an offset as written, without one in UTC."""
    if layout == ISO:
        return text.map_batches(read_instants, return_dtype=INSTANT, is_elementwise=True)
    if any(mark in layout for mark in _HAS_ZONE):
        return text.str.to_datetime(layout, strict=False, cache=False, time_unit="us", time_zone="UTC")
    return text.str.to_datetime(layout, strict=False, cache=False, time_unit="us").dt.replace_time_zone("UTC")


def _as_json(cell: pl.Expr) -> pl.Expr:
    """A nested cell as JSON text."""
    encoded = json_object(cell.alias("v")).str.strip_prefix('{"v":').str.head(-1)
    return pl.when(cell.is_not_null()).then(encoded)


def json_object(cell: pl.Expr) -> pl.Expr:
    """A cell as a JSON object whose one member has the cell's name."""
    return pl.struct(cell).struct.json_encode()
