"""`unique`: a key occurs once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options
from lake_assets.quality.repeats import is_first

__all__ = ["Unique"]


class Unique(RowKind):
    """The columns together are like those of no earlier row; a key with a null in it is like no other."""

    name = "unique"
    summary = "no two rows have the same values in all the columns"
    example = "unique: [origin, time_hour]"
    options = ("columns", "column")
    looks_beside = True

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the columns themselves."""
        return {"columns": value}

    def read(self, given: Options) -> Reading:
        """Check the columns."""
        return given.texts("columns", "column"), {}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Look for repeated keys now; ask a row only whether it is one of them."""
        return is_first(rule.columns, scope.batch, scope.known)

    def sentence(self, rule: Rule) -> str:
        """Say the key."""
        return f"no two rows have the same {' and '.join(rule.columns)}"
