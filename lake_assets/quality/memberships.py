"""Whether a value is among given ones, as an expression that every sink takes."""

from __future__ import annotations

import polars as pl

__all__ = ["is_among"]

_FEW_TEXTS = 4
"""Up to here, comparing texts one by one costs less than looking them up."""


def is_among(tested: pl.Expr, values: pl.Series) -> pl.Expr:
    """Whether a value is among others.

    The list goes in as one scalar: a literal Series makes Polars 2.1 panic in the key of a `pl.PartitionBy`.

    Args:
        tested: Of the type of the values.
        values: Without nulls.

    >>> among = is_among(pl.col("x"), pl.Series([1, 2]))
    >>> pl.DataFrame({"x": [2, 3, None]}).select(among)["x"].to_list()
    [True, False, None]
    """
    if values.dtype == pl.String and 0 < len(values) <= _FEW_TEXTS:
        return pl.any_horizontal(tested == value for value in values)
    return tested.is_in(pl.lit(values.to_list(), dtype=pl.List(values.dtype)))
