"""`ordered`: columns do not decrease from left to right."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options

__all__ = ["Ordered"]


class Ordered(RowKind):
    """No column is greater than the next; NaN is in no order."""

    name = "ordered"
    summary = "each column is at most the next one"
    example = "ordered: [dep_time, arr_time]"
    options = ("columns",)

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the columns themselves."""
        return {"columns": value}

    def read(self, given: Options) -> Reading:
        """Check that there is something to compare."""
        columns = given.texts("columns")
        if len(columns) == 1:
            raise given.refusal("an order wants two columns or more")
        return columns, {}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Compare each column with the next."""
        pairs = [pl.col(left) <= pl.col(right) for left, right in pairwise(rule.columns)]
        floats = [column for column in rule.columns if scope.schema[column].is_float()]
        return pl.all_horizontal(*pairs, *(pl.col(column).is_not_nan() for column in floats))

    def sentence(self, rule: Rule) -> str:
        """Say the order."""
        return " <= ".join(rule.columns)
