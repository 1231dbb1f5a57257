"""The type of an element nobody declared, from a sample of it; careful, since it is pinned from then on."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import polars as pl

from lake_assets.model import Column, ColumnType
from lake_assets.zones.instants import read_instants

__all__ = ["SAMPLE_ROWS", "column_name", "infer_column"]

SAMPLE_ROWS = 20_000

_INT = r"^-?(0|[1-9][0-9]{0,17})$"
# More digits before the point than a float holds exactly are no measurement but a number that names something.
_FLOAT = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_DATE_LAYOUTS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")
_DAY_FIRST, _MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"


def infer_column(source_name: str, sample: pl.Series, taken: AbstractSet[str]) -> Column:
    """Say which column an element becomes.

    Args:
        source_name: Its name in the file.
        sample: Some of its values, as the format gives them.
        taken: Column names that are in use.

    >>> infer_column("Zip Code", pl.Series(["00123", "10001"]), set())
    Column(name='zip_code', source_name='Zip Code', kind=<ColumnType.TEXT: 'text'>, layout='', unit='', \
description='', is_personal=False)
    """
    kind, layout = _infer(sample.drop_nulls())
    return Column(column_name(source_name, taken), source_name, kind, layout)


def _infer(values: pl.Series) -> tuple[ColumnType, str]:
    if values.dtype != pl.String:
        return _of_type(values.dtype), ""
    if not values.len():
        return ColumnType.TEXT, ""
    if values.str.contains(_INT).all():
        return ColumnType.INT, ""
    if values.str.contains(_FLOAT).all():
        return ColumnType.FLOAT, ""
    if values.str.to_lowercase().is_in(["true", "false"]).all():
        return ColumnType.BOOL, ""
    return _temporal(values)


def _temporal(values: pl.Series) -> tuple[ColumnType, str]:
    slashed = [layout for layout in (_DAY_FIRST, _MONTH_FIRST) if _fits(layout, values)]
    dates = [layout for layout in _DATE_LAYOUTS if _fits(layout, values)]
    # Where day and month could be taken for each other, neither is guessed.
    if dates or len(slashed) == 1:
        return ColumnType.DATE, [*dates, *slashed][0]
    if not read_instants(values).null_count():
        return ColumnType.DATETIME, ""
    return ColumnType.TEXT, ""


def _fits(layout: str, values: pl.Series) -> bool:
    """Whether all values keep a layout."""
    return not values.str.to_date(layout, strict=False).null_count()


def _of_type(kind: pl.DataType) -> ColumnType:
    if kind.is_nested():
        return ColumnType.NESTED
    if kind.is_integer():
        return ColumnType.INT
    if kind.is_float():
        return ColumnType.FLOAT
    if kind == pl.Boolean:
        return ColumnType.BOOL
    if kind == pl.Date:
        return ColumnType.DATE
    return ColumnType.DATETIME if isinstance(kind, pl.Datetime) else ColumnType.TEXT


def column_name(source_name: str, taken: AbstractSet[str]) -> str:
    """A lower snake case name for an element, not in use yet.

    >>> column_name("Dep. Time", {"dep_time"})
    'dep_time_2'
    """
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", source_name)
    plain = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_") or "column"
    named = f"c_{plain}" if plain[0].isdigit() else plain
    numbered = (f"{named}_{number}" for number in range(2, len(taken) + 3))
    return named if named not in taken else next(name for name in numbered if name not in taken)
