"""`quantile`: a quantile of a column lies between bounds."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading
from lake_assets.quality.kind_of_table import OVER, BoundedKind, numeric, read_over, spell_over
from lake_assets.quality.options import Options

__all__ = ["Quantile"]


class Quantile(BoundedKind):
    """The value below which the share `q` of the values lies, itself one of them, lies between the bounds."""

    name = "quantile"
    summary = "a quantile of a column lies between bounds (no row is set aside)"
    example = "quantile: {column: dep_delay, q: 0.99, max: 300}"
    options = ("column", "q", "min", "max", OVER)
    noun = "the quantile of {}"

    def of_column(self, column: str, value: object) -> None:
        """Have no such form: the share must be said."""
        del column, value

    def read(self, given: Options) -> Reading:
        """Check the share and the bounds."""
        share = given.number("q")
        if share is None or not 0 <= share <= 1:
            raise given.refusal(f"q is a share from 0 to 1, found {share!r}")
        return (given.text("column"),), {"q": share, **given.numbers("min", "max"), **read_over(given)}

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Sort the values, and take the one at that share."""
        share = float(str(rule.parameters["q"]))
        return numeric(rule.columns[0], schema).quantile(share, interpolation="nearest")

    def sentence(self, rule: Rule) -> str:
        """Say the share and the bounds."""
        share = rule.parameters["q"]
        return f"the {share} quantile of {rule.columns[0]} of {spell_over(rule)} is {self._bounds(rule)}"
