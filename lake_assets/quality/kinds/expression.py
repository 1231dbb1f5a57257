"""`expression`: an SQL condition holds."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options
from lake_assets.quality.predicates import predicate, predicate_columns

__all__ = ["Expression"]


class Expression(RowKind):
    """An SQL condition over the columns of one row is not false."""

    name = "expression"
    summary = "an SQL condition over the columns of a row holds"
    example = "expression: {sql: arr_time > dep_time}, or expression: arr_time > dep_time"
    options = ("sql",)

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the condition itself."""
        return {"sql": value}

    def of_column(self, column: str, value: object) -> None:
        """Have no such form: a condition names its columns itself."""
        del column, value

    def read(self, given: Options) -> Reading:
        """Check the condition, and find the columns it names."""
        sql = given.text("sql")
        return predicate_columns(predicate(sql, place=given.place)), {"sql": sql}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Evaluate the condition."""
        del scope
        return predicate(str(rule.parameters["sql"]), place=f"rule {rule.rule_id}")

    def sentence(self, rule: Rule) -> str:
        """Say the condition."""
        return str(rule.parameters["sql"])
