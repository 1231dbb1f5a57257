"""`cast`: a column in another type, with the marks in which its numbers or dates are written."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.model import ColumnType

__all__ = ["Cast"]

_TYPES: dict[str, pl.DataType] = {
    ColumnType.TEXT: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.BOOL: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.DATETIME: pl.Datetime("us", "UTC"),
}
_NUMBERS = (ColumnType.INT, ColumnType.FLOAT)
_TIMES = (ColumnType.DATE, ColumnType.DATETIME)
_TRUE = ["true", "t", "yes", "y", "1"]
_FALSE = ["false", "f", "no", "n", "0"]
_INSTANTS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
_ZONED = ("%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z")
_HAS_ZONE = ("%z", "%:z", "%#z")


class Cast(CellKind):
    """A value that the type cannot hold exactly is lost. A time without an offset is read as UTC; see `time_zone`."""

    name = "cast"
    summary = "another type; numbers with marks for thousands and decimals, dates in a layout"
    example = "cast: {price: float}, or cast: {price: {type: float}}"
    options = ("type", "thousands", "decimal", "layout")
    loses = True

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the type."""
        return {"type": value} if isinstance(value, str) else super().of_column(value)

    def read(self, given: Given) -> Settings:
        """Check the type, and that what is said of its writing belongs to it."""
        kind = given.choice("type", list(_TYPES))
        marks = {name: given.letter(name) for name in ("thousands", "decimal") if given.has(name)}
        if marks and kind not in _NUMBERS:
            raise given.refusal(f"only numbers have marks for thousands and decimals, not a {kind}")
        if any(mark.isalnum() or mark in "+-" for mark in marks.values()):
            raise given.refusal("a mark is neither a letter, a digit nor a sign")
        if marks.get("thousands") == marks.get("decimal", "."):
            raise given.refusal("thousands and decimals have different marks")
        if given.has("layout") and kind not in _TIMES:
            raise given.refusal(f"only a date or datetime has a layout, not a {kind}")
        layout = {"layout": given.text("layout")} if given.has("layout") else {}
        return {"type": kind, **marks, **layout}

    def becomes(self, cell: Cell) -> pl.DataType:
        """The type that is declared."""
        wanted, found = str(cell.settings["type"]), cell.found
        is_number = found.is_numeric() or found == pl.Boolean
        fits = (is_number and wanted not in _TIMES) or (found.is_temporal() and wanted in _TIMES)
        if not (fits or found == pl.String() or (wanted == ColumnType.TEXT and not found.is_nested())):
            raise cell.refusal(f"which is no {wanted}", "cast it to a type that can hold its values")
        return _TYPES[wanted]

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Cast; null where the type cannot hold the value."""
        wanted = _TYPES[str(cell.settings["type"])]
        if cell.found == wanted:
            return cell.value
        if cell.found != pl.String():
            return _of_typed(cell, wanted)
        return _of_text(cell, wanted)

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the type."""
        return f"{column} as {settings['type']}"


def _of_typed(cell: Cell, wanted: pl.DataType) -> pl.Expr:
    if wanted == pl.String:
        return cell.value.dt.to_string("iso") if cell.found.is_temporal() else cell.value.cast(wanted)
    made = cell.value.cast(wanted, strict=False)
    return pl.when(made.cast(cell.found, strict=False) == cell.value).then(made)


def _of_text(cell: Cell, wanted: pl.DataType) -> pl.Expr:
    if wanted.is_numeric():
        return _number(cell.value, cell.settings).cast(wanted, strict=False)
    layout = str(cell.settings.get("layout", ""))
    if wanted == pl.Date:
        return cell.value.str.to_date(layout or "%Y-%m-%d", strict=False, cache=False)
    if wanted == pl.Boolean:
        lower = cell.value.str.to_lowercase()
        truth = pl.when(lower.is_in(_TRUE)).then(statement=True)
        return truth.when(lower.is_in(_FALSE)).then(statement=False).otherwise(None)
    layouts = [layout] if layout else [*_INSTANTS, *_ZONED, "%Y-%m-%d"]
    return pl.coalesce(_instant(cell.value, each) for each in layouts)


def _instant(text: pl.Expr, layout: str) -> pl.Expr:
    if any(mark in layout for mark in _HAS_ZONE):
        return text.str.to_datetime(layout, strict=False, cache=False, time_unit="us", time_zone="UTC")
    local = text.str.to_datetime(layout, strict=False, cache=False, time_unit="us")
    return local.dt.replace_time_zone("UTC")


def _number(text: pl.Expr, settings: Settings) -> pl.Expr:
    """The number as programs write it; null where a mark stands in a place that is not its own."""
    thousands, decimal = str(settings.get("thousands", "")), str(settings.get("decimal", "."))
    if not thousands and decimal == ".":
        return text
    grouped = rf"|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+" if thousands else ""
    mark = re.escape(decimal)
    written = rf"^[+-]?(?:(?:\d+{grouped})(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d+)?$"
    plain = text.str.replace_all(thousands, "", literal=True) if thousands else text
    return pl.when(text.str.contains(written)).then(plain.str.replace(decimal, ".", literal=True))
