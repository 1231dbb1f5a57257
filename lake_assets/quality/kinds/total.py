"""`sum`: the sum of a column lies between bounds."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind_of_table import BoundedKind, numeric

__all__ = ["Sum"]


class Sum(BoundedKind):
    """The sum of the values lies between the bounds; that of no values is 0."""

    name = "sum"
    summary = "the sum of a column lies between bounds (no row is set aside)"
    example = "sum: {seats: [1, null]}, or sum: {column: seats, min: 1}"
    noun = "the sum of {}"

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Add the values up, as floats: a sum of integers may leave their range."""
        return numeric(rule.columns[0], schema).cast(pl.Float64).sum()
