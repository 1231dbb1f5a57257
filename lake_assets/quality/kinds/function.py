"""`function`: a Polars expression that a function of the declarations gives."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.errors import DeclarationError
from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options

__all__ = ["Function"]


class Function(RowKind):
    """What a Python function returns when it is called without arguments: an expression over one row."""

    name = "function"
    summary = "the Polars expression that a Python function returns holds"
    example = (
        "function: {call: rules.py:arrives_after_departure}, or function: rules.py:arrives_after_departure"
    )
    options = ("call",)

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the function itself."""
        return {"call": value}

    def of_column(self, column: str, value: object) -> None:
        """Have no such form: an expression names its columns itself."""
        del column, value

    def read(self, given: Options) -> Reading:
        """Check that a file or module and a name are given; the function itself is looked up by the declarations."""
        call = given.text("call")
        where, _, name = call.rpartition(":")
        if not where or not name.isidentifier():
            raise given.refusal(f"{call!r} names no function of a file or module")
        return (), {"call": call}

    def rule_id(self, columns: tuple[str, ...], parameters: Mapping[str, object]) -> str:
        """Call it after the function."""
        del columns
        return str(parameters["call"]).rpartition(":")[2]

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Call the function."""
        if rule.function is None:
            what = f"{rule.parameters['call']} has not been looked up"
            raise DeclarationError(what, place=f"rule {rule.rule_id}", mend="declare the rule in a defs.yaml")
        del scope
        found = rule.function()
        if not isinstance(found, pl.Expr):
            what = f"{rule.parameters['call']} returns {type(found).__name__}, not a Polars expression"
            mend = "return pl.col(...) compared with something"
            raise DeclarationError(what, place=f"rule {rule.rule_id}", mend=mend)
        return found

    def sentence(self, rule: Rule) -> str:
        """Say the function."""
        return f"{str(rule.parameters['call']).rpartition(':')[2].replace('_', ' ')}"
