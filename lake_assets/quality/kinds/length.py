"""`length`: a text or list is neither too short nor too long."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.literals import refuse_type
from lake_assets.quality.options import Options
from lake_assets.quality.spans import read_span, spell_span

__all__ = ["Length"]


class Length(RowKind):
    """The number of characters of a text, or of elements of a list, lies between the bounds."""

    name = "length"
    summary = "the text has min to max characters, or the list as many elements"
    example = "length: {column: tailnum, min: 5, max: 6}, or length: {tailnum: [5, 6]}"
    options = ("column", "min", "max")

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take `[min, max]`, null leaves a side open; or one number for both."""
        pair = [value, value] if isinstance(value, int) else value
        if isinstance(pair, list | tuple) and len(pair) == 2:  # noqa: PLR2004  (a pair)
            return {"column": column, "min": pair[0], "max": pair[1]}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check the bounds."""
        return (given.text("column"),), {**read_span(given)}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Count, and compare with each bound that is given."""
        (column,) = rule.columns
        kind = scope.schema[column]
        if not isinstance(kind, pl.String | pl.List):
            raise refuse_type(column, kind, "has no length")
        size = pl.col(column).list.len() if isinstance(kind, pl.List) else pl.col(column).str.len_chars()
        low, high = rule.parameters.get("min"), rule.parameters.get("max")
        tests = [test(bound) for test, bound in ((size.ge, low), (size.le, high)) if bound is not None]
        return pl.all_horizontal(tests)

    def sentence(self, rule: Rule) -> str:
        """Say the bounds that are given."""
        return f"the length of {rule.columns[0]} is {spell_span(rule.parameters)}"
