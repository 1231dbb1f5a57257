"""`mean`: the mean of a column lies between bounds."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind_of_table import BoundedKind, numeric

__all__ = ["Mean"]


class Mean(BoundedKind):
    """The mean of the values, nulls left out, lies between the bounds."""

    name = "mean"
    summary = "the mean of a column lies between bounds (no row is set aside)"
    example = "mean: {dep_delay: [0, 30]}, or mean: {column: dep_delay, min: 0, max: 30}"
    noun = "the mean of {}"

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Average the values."""
        return numeric(rule.columns[0], schema).mean()
