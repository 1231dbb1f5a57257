"""Declared values as values of a column's type."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.cleaning.given import Scalar
from lake_assets.cleaning.kind import Cell

__all__ = ["is_one_of", "values_of"]

_FEW_TEXTS = 4
"""Up to here, comparing texts one by one costs less than looking them up."""


def values_of(values: Sequence[Scalar | None], cell: Cell) -> pl.Series:
    """Declared values in the type of a column.

    Raises:
        SchemaError: When the column cannot hold one of them as it is written.
    """
    try:
        series = _typed(values, cell.found)
    except (TypeError, OverflowError, pl.exceptions.PolarsError):
        series = None
    if series is None:
        shown = ", ".join(repr(value) for value in values)
        raise cell.refusal(f"which cannot hold all of {shown}", "write values of the column's type")
    return series


def _typed(values: Sequence[Scalar | None], kind: pl.DataType) -> pl.Series | None:
    if kind.is_temporal():
        read = pl.Series(values, dtype=pl.String, strict=True)
        return read.str.to_datetime(time_zone="UTC").cast(kind) if kind != pl.Date else read.str.to_date()
    families = {bool} if kind == pl.Boolean else {int, float} if kind.is_numeric() else {str}
    if any(value is not None and type(value) not in families for value in values):
        return None
    if kind.is_float():
        values = [None if value is None else float(value) for value in values]
    return pl.Series(values, dtype=kind, strict=True)


def is_one_of(tested: pl.Expr, values: pl.Series) -> pl.Expr:
    """Whether a value is among others, none of them null; null for null.

    The list goes in as one scalar: a literal Series makes Polars 2.1 panic in the key of a `pl.PartitionBy`.
    """
    if values.dtype == pl.String and 0 < len(values) <= _FEW_TEXTS:
        return pl.any_horizontal(tested == value for value in values)
    return tested.is_in(pl.lit(values.to_list(), dtype=pl.List(values.dtype)))
