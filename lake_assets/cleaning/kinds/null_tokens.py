"""`null_tokens`: values that mean that there is none."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.cleaning.literals import is_one_of, values_of

__all__ = ["NullTokens"]


class NullTokens(CellKind):
    """Unlike a dataset's own `null_tokens`, they hold for one column, and for numbers, dates and booleans too."""

    name = "null_tokens"
    summary = "values that mean null become null"
    example = "null_tokens: {tailnum: [NA, unknown], temperature: -999}"
    options = ("values",)

    def of_column(self, value: object) -> Mapping[str, object]:
        """Take the values."""
        return value if isinstance(value, Mapping) else {"values": value}

    def read(self, given: Given) -> Settings:
        """Check the values."""
        return {"values": given.scalars("values")}

    def becomes(self, cell: Cell) -> pl.DataType:
        """The type it was."""
        _tokens(cell)
        return cell.found

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Let through what is no token."""
        return pl.when(~is_one_of(cell.value, _tokens(cell))).then(cell.value)

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the values."""
        return f"{column} null where it is {_spelt(settings)}"


def _tokens(cell: Cell) -> pl.Series:
    values = cell.settings["values"]
    return values_of(values if isinstance(values, list) else [], cell)


def _spelt(settings: Settings) -> str:
    values = settings["values"]
    return " or ".join(map(repr, values)) if isinstance(values, list) else ""
