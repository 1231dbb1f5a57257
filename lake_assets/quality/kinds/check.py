"""`check`: any check that pandera has, or that somebody registered with pandera."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.errors import DeclarationError
from lake_assets.model import Rule, RuleValue
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options
from lake_assets.quality.recorded_checks import recorded_check

__all__ = ["Check"]


class Check(RowKind):
    """A check in pandera's language, judged with the other rules in the same pass."""

    name = "check"
    summary = "a check of pandera, by its name and arguments, holds"
    example = "check: {column: tailnum, name: str_startswith, string: N}"
    options = ()

    def read(self, given: Options) -> Reading:
        """Check the name and arguments, and that the check judges each row by itself."""
        column, name, arguments = given.text("column"), given.text("name"), given.others("column", "name")
        try:
            recorded_check(name, arguments, column, pl.Schema({column: pl.String}))
        except DeclarationError as error:
            raise given.refusal(error.what) from error
        return (column,), {"name": name, **arguments}

    def rule_id(self, columns: tuple[str, ...], parameters: Mapping[str, RuleValue]) -> str:
        """Call it after the check."""
        return f"{columns[0]}_{parameters['name']}"

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Take the expression that pandera would evaluate."""
        name, arguments = _parts(rule)
        return recorded_check(name, arguments, rule.columns[0], scope.schema)

    def sentence(self, rule: Rule) -> str:
        """Say the check as a call."""
        name, arguments = _parts(rule)
        spelt = ", ".join(f"{argument}={value!r}" for argument, value in arguments.items())
        return f"{rule.columns[0]} passes {name}({spelt})"


def _parts(rule: Rule) -> tuple[str, dict[str, RuleValue]]:
    arguments = dict(rule.parameters)
    return cast("str", arguments.pop("name")), arguments
