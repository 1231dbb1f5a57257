"""`in_range`: a value lies between two bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.literals import fit
from lake_assets.quality.options import Options, Scalar

__all__ = ["InRange"]


class InRange(RowKind):
    """The value lies between the bounds, both included; NaN lies nowhere."""

    name = "in_range"
    summary = "the value lies between min and max, both included"
    example = "in_range: {column: month, min: 1, max: 12}, or in_range: {month: [1, 12]}"
    options = ("column", "min", "max")

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take `[min, max]`; null leaves a side open."""
        if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004  (a pair)
            return {"column": column, "min": value[0], "max": value[1]}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check that there is a bound, and that they are not the wrong way round."""
        low, high = given.bound("min"), given.bound("max")
        if low is None and high is None:
            raise given.refusal("neither min nor max is given")
        if low is not None and high is not None:
            _refuse_reversed(given, low, high)
        bounds = {"min": low, "max": high}
        return (given.text("column"),), {name: one for name, one in bounds.items() if one is not None}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Compare with each bound that is given."""
        (column,) = rule.columns
        kind = scope.schema[column]
        tests = [
            test(fit(cast("Scalar", rule.parameters[name]), column, kind))
            for name, test in (("min", pl.col(column).ge), ("max", pl.col(column).le))
            if name in rule.parameters
        ]
        return pl.all_horizontal(*tests, *([pl.col(column).is_not_nan()] if kind.is_float() else []))

    def sentence(self, rule: Rule) -> str:
        """Say the bounds that are given."""
        words = {"min": "at least", "max": "at most"}
        bounds = [f"{words[name]} {bound}" for name, bound in rule.parameters.items()]
        return f"{rule.columns[0]} is {' and '.join(bounds)}"


def _refuse_reversed(given: Options, low: Scalar, high: Scalar) -> None:
    if isinstance(low, str) is not isinstance(high, str):
        raise given.refusal(f"min and max are of two types: {low!r} and {high!r}")
    if low > high:  # type: ignore[operator]  # both are texts or both are numbers
        raise given.refusal(f"min is greater than max: {low} and {high}")
