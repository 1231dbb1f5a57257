"""`row_count`: a run brings neither too few rows nor too many."""

from __future__ import annotations

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, TableKind
from lake_assets.quality.options import Options
from lake_assets.quality.spans import read_span, spell_span

__all__ = ["RowCount"]


class RowCount(TableKind):
    """The number of rows that a run keeps lies between the bounds."""

    name = "row_count"
    summary = "a run keeps min to max rows (the table is judged, no row is set aside)"
    example = "row_count: {min: 1}"
    options = ("min", "max")

    def of_column(self, column: str, value: object) -> None:
        """Have no such form: no column is judged."""
        del column, value

    def read(self, given: Options) -> Reading:
        """Check the bounds."""
        return (), {**read_span(given)}

    def breach(self, rule: Rule, rows: int) -> str:
        """Compare the number of rows with the bounds."""
        low, high = rule.parameters.get("min"), rule.parameters.get("max")
        too_few = isinstance(low, int) and rows < low
        too_many = isinstance(high, int) and rows > high
        return f"{rows} rows, not {spell_span(rule.parameters)}" if too_few or too_many else ""

    def sentence(self, rule: Rule) -> str:
        """Say the bounds that are given."""
        return f"a run keeps {spell_span(rule.parameters)} rows"
