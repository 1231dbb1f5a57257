"""`distinct_count`: the number of different values of a column lies between bounds."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind_of_table import BoundedKind

__all__ = ["DistinctCount"]


class DistinctCount(BoundedKind):
    """Different values, null not counted, lie between the bounds."""

    name = "distinct_count"
    summary = "the number of different values of a column lies between bounds (no row is set aside)"
    example = "distinct_count: {origin: [3, 3]}, or distinct_count: {column: origin, min: 3, max: 3}"
    noun = "the number of values in {}"

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Count the different values."""
        del schema
        return pl.col(rule.columns[0]).drop_nulls().n_unique()
