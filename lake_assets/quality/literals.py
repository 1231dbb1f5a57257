"""Declared values as values of a column's type."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from zoneinfo import ZoneInfo

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.quality.options import Scalar

__all__ = ["Value", "fit", "refuse_type"]

Value = Scalar | date | Decimal


def fit(value: Scalar, column: str, kind: pl.DataType) -> Value:
    """The value in the Python type that compares with a column of a type.

    Args:
        value: As declared; a date or datetime as ISO 8601 text.
        column: The column, for the error.
        kind: Its type.

    Raises:
        SchemaError: When the value cannot be compared with the column.

    >>> fit("2013-01-31", "day", pl.Date())
    datetime.date(2013, 1, 31)
    >>> fit(1, "price", pl.Float64())
    1.0
    """
    fits = _numeric(value, kind) if kind.is_numeric() else _other(value, kind)
    if fits is None:
        raise refuse_type(column, kind, f"cannot be compared with {value!r}")
    return fits


def _numeric(value: Scalar, kind: pl.DataType) -> Value | None:
    if isinstance(value, bool | str):
        return None
    if kind.is_decimal():
        return Decimal(str(value)) if isfinite(value) else None
    if kind.is_float():
        return float(value)
    return int(value) if float(value).is_integer() else value


def _other(value: Scalar, kind: pl.DataType) -> Value | None:
    if kind.is_temporal() and isinstance(value, str):
        return _moment(value, kind)
    wanted = {pl.String: str, pl.Boolean: bool}.get(kind.base_type())
    return value if wanted and isinstance(value, wanted) else None


def _moment(text: str, kind: pl.DataType) -> date | None:
    try:
        if isinstance(kind, pl.Date):
            return date.fromisoformat(text)
        return _instant(datetime.fromisoformat(text), kind) if isinstance(kind, pl.Datetime) else None
    except ValueError:
        return None


def _instant(moment: datetime, kind: pl.Datetime) -> datetime | None:
    """A naive time is meant in the column's zone; a column without a zone has no place for an aware one."""
    if kind.time_zone is None:
        return None if moment.tzinfo else moment
    zone = ZoneInfo(kind.time_zone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def refuse_type(column: str, kind: pl.DataType, what: str) -> SchemaError:
    """The error for a column whose type a rule cannot judge."""
    mend = f"give {column} another type in the mapping, or change the rule"
    return SchemaError(f"{column} is {kind}, which {what}", place=f"column {column}", mend=mend)
