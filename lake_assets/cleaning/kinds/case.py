"""`case`: text in capitals, in small letters, or with a capital for each word."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings

__all__ = ["Case"]

_CASES = ("upper", "lower", "title")


class Case(CellKind):
    """Unicode's simple case mapping, whatever the language."""

    name = "case"
    summary = "upper, lower or title case"
    example = "case: {country: upper, city: title}"
    options = ("to",)

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the case."""
        return {"to": value} if isinstance(value, str) else super().of_column(value)

    def read(self, given: Given) -> Settings:
        """Check the case."""
        return {"to": given.choice("to", _CASES)}

    def becomes(self, cell: Cell) -> pl.DataType:
        """Text."""
        return cell.must_be_text()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Map the letters."""
        match cell.settings["to"]:
            case "upper":
                return cell.value.str.to_uppercase()
            case "lower":
                return cell.value.str.to_lowercase()
            case _:
                return cell.value.str.to_titlecase()

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the case."""
        return f"{column} in {settings['to']} case"
