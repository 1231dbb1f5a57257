"""`not_null`: a value is there."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options

__all__ = ["NotNull"]


class NotNull(RowKind):
    """Every one of the columns has a value; NaN is a value."""

    name = "not_null"
    summary = "each column has a value"
    example = "not_null: [carrier, origin]"
    options = ("columns", "column")

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the columns themselves."""
        return {"columns": value}

    def read(self, given: Options) -> Reading:
        """Check the columns."""
        return given.texts("columns", "column"), {}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Whether no column is null."""
        del scope
        return pl.all_horizontal(pl.col(column).is_not_null() for column in rule.columns)

    def sentence(self, rule: Rule) -> str:
        """Say which columns."""
        return f"{' and '.join(rule.columns)} {'are' if len(rule.columns) > 1 else 'is'} not null"
