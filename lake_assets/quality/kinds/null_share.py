"""`null_share`: the share of nulls in a column lies between bounds."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind_of_table import BoundedKind

__all__ = ["NullShare"]


class NullShare(BoundedKind):
    """Nulls among all values, from 0 to 1, lie between the bounds."""

    name = "null_share"
    summary = "the share of nulls in a column lies between bounds (no row is set aside)"
    example = "null_share: {tailnum: [0, 0.05]}, or null_share: {column: tailnum, min: 0, max: 0.05}"
    noun = "the share of nulls in {}"

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Count the nulls."""
        del schema
        return pl.col(rule.columns[0]).is_null().mean()
