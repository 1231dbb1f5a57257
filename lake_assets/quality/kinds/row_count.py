"""`row_count`: a run brings neither too few rows nor too many."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading
from lake_assets.quality.kind_of_table import OVER, Measured, TableKind, is_over_table, read_over
from lake_assets.quality.options import Options
from lake_assets.quality.spans import read_span, spell_span, within

__all__ = ["RowCount"]


class RowCount(TableKind):
    """The number of rows lies between the bounds."""

    name = "row_count"
    summary = "a run keeps, or the table holds, min to max rows (no row is set aside)"
    example = "row_count: {min: 1}"
    options = ("min", "max", OVER)

    def of_column(self, column: str, value: object) -> None:
        """Have no such form: no column is judged."""
        del column, value

    def read(self, given: Options) -> Reading:
        """Check the bounds."""
        return (), {**read_span(given), **read_over(given)}

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Count the rows."""
        del rule, schema
        return pl.len()

    def breach(self, rule: Rule, found: Measured) -> str:
        """Compare the number of rows with the bounds."""
        rows = int(found.value or 0)
        return "" if within(rows, rule.parameters) else f"{rows} rows, not {spell_span(rule.parameters)}"

    def sentence(self, rule: Rule) -> str:
        """Say the bounds that are given."""
        who = "the table holds" if is_over_table(rule) else "a run keeps"
        return f"{who} {spell_span(rule.parameters)} rows"
