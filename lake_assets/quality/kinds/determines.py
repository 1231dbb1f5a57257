"""`determines`: one column fixes another, as a tail number fixes the model of a plane."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.dependencies import is_first_meaning
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.options import Options

__all__ = ["Determines"]


class Determines(RowKind):
    """Rows that agree in the columns agree in others: a functional dependency. The first row says how."""

    name = "determines"
    summary = "rows with the same values in some columns have the same values in others"
    example = "determines: {columns: [tailnum], to: [model]}, or determines: {tailnum: model}"
    options = ("columns", "column", "to")
    looks_beside = True

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take the column or columns that are fixed."""
        if isinstance(value, str | list | tuple):
            return {"columns": [column], "to": value}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check that no column fixes itself."""
        columns, fixed = given.texts("columns", "column"), given.texts("to")
        if both := set(columns) & set(fixed):
            raise given.refusal(f"{min(both)} cannot fix itself")
        return (*columns, *fixed), {"to": fixed}

    def rule_id(self, columns: tuple[str, ...], parameters: Mapping[str, object]) -> str:
        """Call it after what fixes what."""
        fixed = cast("tuple[str, ...]", parameters["to"])
        return "_".join((*columns[: -len(fixed)], "determines", *fixed))

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Look for keys with several meanings now; ask a row only whether it is a later one."""
        keys, fixed = _parts(rule)
        return is_first_meaning(keys, fixed, scope.batch, scope.known)

    def sentence(self, rule: Rule) -> str:
        """Say what fixes what."""
        keys, fixed = _parts(rule)
        return f"{' and '.join(keys)} determines {' and '.join(fixed)}"


def _parts(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    fixed = cast("tuple[str, ...]", rule.parameters["to"])
    return rule.columns[: -len(fixed)], fixed
