"""`matches`: a text begins as a pattern says."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.literals import refuse_type
from lake_assets.quality.options import Options

__all__ = ["Matches"]

_PLAIN = re.compile(r"\^?[\w ,:;/-]+")
"""Patterns that mean their own characters: comparing a prefix costs a sixth of a regular expression."""


class Matches(RowKind):
    r"""The pattern matches from the first character on, as `re.match` and pandera's `str_matches` have it.

    Patterns are Rust's: no look-around, no back-references. End one with `$` to match the whole text.
    """

    name = "matches"
    summary = "the text matches a pattern from its first character on"
    example = "matches: {column: tailnum, pattern: '^N'}, or matches: {tailnum: '^N'}"
    options = ("column", "pattern")

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take the pattern."""
        return (
            {"column": column, "pattern": value}
            if isinstance(value, str)
            else super().of_column(column, value)
        )

    def read(self, given: Options) -> Reading:
        """Check that the pattern is one."""
        pattern = given.text("pattern")
        try:
            pl.Series(["x"]).str.contains(_anchored(pattern))
        except pl.exceptions.ComputeError as error:
            raise given.refusal(f"{pattern!r} is not a pattern: {error}") from error
        return (given.text("column"),), {"pattern": pattern}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Try the pattern."""
        (column,) = rule.columns
        if scope.schema[column] != pl.String:
            raise refuse_type(column, scope.schema[column], "has no text to match")
        pattern = str(rule.parameters["pattern"])
        if _PLAIN.fullmatch(pattern):
            return pl.col(column).str.starts_with(pattern.removeprefix("^"))
        return pl.col(column).str.contains(_anchored(pattern))

    def sentence(self, rule: Rule) -> str:
        """Say the pattern."""
        return f"{rule.columns[0]} matches {rule.parameters['pattern']}"


def _anchored(pattern: str) -> str:
    return f"^(?:{pattern})"
