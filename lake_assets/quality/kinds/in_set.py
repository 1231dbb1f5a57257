"""`in_set`: a value is one of a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.literals import fit, refuse_type
from lake_assets.quality.memberships import is_among
from lake_assets.quality.options import Options, Scalar

__all__ = ["InSet"]

_SHOWN = 12


class InSet(RowKind):
    """The value is one of those listed."""

    name = "in_set"
    summary = "the value is one of a list"
    example = "in_set: {column: origin, values: [EWR, JFK]}, or in_set: {origin: [EWR, JFK]}"
    options = ("column", "values")

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take the list."""
        if isinstance(value, list | tuple | set | frozenset):
            return {"column": column, "values": value}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check the list."""
        return (given.text("column"),), {"values": given.scalars("values")}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Look the value up in the list."""
        (column,) = rule.columns
        kind = scope.schema[column]
        fitted = [fit(value, column, kind) for value in _values(rule)]
        try:
            values = pl.Series(fitted, dtype=kind, strict=True)
        except (TypeError, OverflowError, pl.exceptions.PolarsError) as error:
            raise refuse_type(column, kind, f"cannot hold all of {_shown(rule)}") from error
        if not kind.is_float() and values.to_list() != fitted:
            raise refuse_type(column, kind, f"rounds some of {_shown(rule)}")
        return is_among(pl.col(column), values)

    def sentence(self, rule: Rule) -> str:
        """Say the list, or how it begins."""
        return f"{rule.columns[0]} is one of {_shown(rule)}"


def _values(rule: Rule) -> tuple[Scalar, ...]:
    return cast("tuple[Scalar, ...]", rule.parameters["values"])


def _shown(rule: Rule) -> str:
    values = _values(rule)
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(map(str, values[:_SHOWN])) + more
