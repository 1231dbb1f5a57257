"""`vocabulary`: misspellings of the words of a list, mended as people have decided."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.errors import DeclarationError, UnknownTableError
from lake_assets.model import TableRef

__all__ = ["DECIDED", "Vocabulary"]

DECIDED = "decided"
"""What the settings call the words that people decided on, by value; no declaration has them."""

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")


class Vocabulary(CellKind):
    """Nothing is guessed in a batch: only what somebody decided is applied, every other value stays as it is.

    `lake vocabulary` proposes, `lake decide` records.
    """

    name = "vocabulary"
    summary = "misspelt words become those of a list, as decided by people"
    example = "vocabulary: {city: trusted.cities.name}, or vocabulary: {city: {of: trusted.cities.name}}"
    options = ("of",)

    def of_column(self, value: object) -> Mapping[str, object]:
        """Take the column of another table, or the list."""
        return value if isinstance(value, Mapping) else {"of": value}

    def read(self, given: Given) -> Settings:
        """Check the list, or how the column is written."""
        if given.is_list("of"):
            return {"of": given.texts("of")}
        zone, table, column = [*given.text("of").split(".", 2), "", ""][:3]
        try:
            TableRef.parse(f"{zone}.{table}")
        except UnknownTableError as error:
            raise DeclarationError(error.what, place=given.place, mend=error.mend) from error
        if not _COLUMN.fullmatch(column):
            raise given.refusal(f"{column!r} is not the name of a column")
        return {"of": f"{zone}.{table}.{column}"}

    def becomes(self, cell: Cell) -> pl.DataType:
        """Text."""
        return cell.must_be_text()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Replace what is decided."""
        decided = cell.settings.get(DECIDED)
        if not isinstance(decided, Mapping) or not decided:
            return cell.value
        old = pl.Series(list(decided), dtype=pl.String)
        return cell.value.replace(old, pl.Series(list(decided.values()), dtype=pl.String))

    def sentence(self, column: str, settings: Settings) -> str:
        """Say which words."""
        words = settings["of"]
        listed = ", ".join(map(str, words)) if isinstance(words, list) else words
        return f"{column} in the words of {listed}, where people decided"
