"""`freshness`: the newest row is not too old."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule, spell_duration
from lake_assets.quality.kind import Reading
from lake_assets.quality.kind_of_table import OVER, Measured, TableKind, read_over, spell_over
from lake_assets.quality.literals import refuse_type
from lake_assets.quality.options import Options

__all__ = ["Freshness"]


class Freshness(TableKind):
    """The greatest date or time of a column is at most so long ago; without one nothing is fresh."""

    name = "freshness"
    summary = "the newest date or time of a column is at most so long ago (no row is set aside)"
    example = "freshness: {updated_at: 2d}, or freshness: {column: updated_at, within: 2d}"
    options = ("column", "within", OVER)

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take the span itself."""
        if isinstance(value, str):
            return {"column": column, "within": value}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check the span."""
        return (given.text("column"),), {"within": given.seconds("within"), **read_over(given)}

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Take the newest, in seconds since 1970, UTC."""
        (column,) = rule.columns
        if not isinstance(schema[column], pl.Date | pl.Datetime):
            raise refuse_type(column, schema[column], "is neither a date nor a time")
        return pl.col(column).max().cast(pl.Datetime("us")).cast(pl.Int64) / 1_000_000

    def breach(self, rule: Rule, found: Measured) -> str:
        """Compare the age of the newest with the span."""
        if found.value is None:
            return f"no row has a {rule.columns[0]}"
        age, limit = found.at.timestamp() - found.value, int(str(rule.parameters["within"]))
        if age <= limit:
            return ""
        return f"the newest {rule.columns[0]} is {spell_duration(age)} old, at most {spell_duration(limit)} wanted"

    def sentence(self, rule: Rule) -> str:
        """Say the span."""
        limit = spell_duration(int(str(rule.parameters["within"])))
        return f"the newest {rule.columns[0]} of {spell_over(rule)} is at most {limit} old"
