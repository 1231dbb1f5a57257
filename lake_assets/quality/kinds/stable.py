"""`stable`: a figure does not drift from what it was when the table changed last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading
from lake_assets.quality.kind_of_table import OVER, Measured, TableKind, numeric, read_over, spell_over
from lake_assets.quality.options import Options

__all__ = ["Stable"]

_MEASURES: dict[str, Callable[[str, pl.Schema], pl.Expr]] = {
    "mean": lambda column, schema: numeric(column, schema).mean(),
    "median": lambda column, schema: numeric(column, schema).median(),
    "std": lambda column, schema: numeric(column, schema).std(),
    "null_share": lambda column, _: pl.col(column).is_null().mean(),
    "distinct_count": lambda column, _: pl.col(column).drop_nulls().n_unique(),
}


class Stable(TableKind):
    """A figure changes by at most a share of what it was; the first one is measured only."""

    name = "stable"
    summary = "a figure changes by at most a share since the table changed last (no row is set aside)"
    example = "stable: {dep_delay: 0.5}, or stable: {column: dep_delay, measure: mean, tolerance: 0.5}"
    options = ("column", "measure", "tolerance", OVER)

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take the share itself, of the mean."""
        if isinstance(value, int | float):
            return {"column": column, "measure": "mean", "tolerance": value}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check the figure and the share."""
        measure = given.text("measure") if given.has("measure") else "mean"
        if measure not in _MEASURES:
            raise given.refusal(f"measure is one of {', '.join(_MEASURES)}, found {measure!r}")
        tolerance = given.number("tolerance")
        if tolerance is None or tolerance < 0:
            raise given.refusal(f"tolerance is a share such as 0.2, found {tolerance!r}")
        return (given.text("column"),), {"measure": measure, "tolerance": tolerance, **read_over(given)}

    def rule_id(self, columns: tuple[str, ...], parameters: Mapping[str, object]) -> str:
        """Call it after the figure, so that several of one column may be stable."""
        return f"{columns[0]}_{parameters['measure']}_stable"

    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """Take the figure."""
        return _MEASURES[str(rule.parameters["measure"])](rule.columns[0], schema)

    def breach(self, rule: Rule, found: Measured) -> str:
        """Compare with what it was."""
        if found.value is None or found.last is None:
            return ""
        tolerance = float(str(rule.parameters["tolerance"]))
        if abs(found.value - found.last) <= tolerance * abs(found.last):
            return ""
        return f"{_figure(rule)} went from {found.last:g} to {found.value:g}, by more than {tolerance:.0%}"

    def sentence(self, rule: Rule) -> str:
        """Say the figure and the share."""
        share = float(str(rule.parameters["tolerance"]))
        return f"{_figure(rule)} of {spell_over(rule)} changes by at most {share:.0%}"


def _figure(rule: Rule) -> str:
    return f"the {str(rule.parameters['measure']).replace('_', ' ')} of {rule.columns[0]}"
