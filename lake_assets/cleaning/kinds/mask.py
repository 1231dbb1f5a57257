"""`mask`: values of personal columns unreadable, but perhaps for their last characters."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, HidingKind, Settings

__all__ = ["Mask"]

_STARS = "***"


class Mask(HidingKind):
    """Whatever was there, three stars are left; with `last`, the end of a text more than twice as long too."""

    name = "mask"
    summary = "stars take the place of the value, but for its last characters"
    example = "mask: [passport], or mask: {passport: {last: 0}}"
    options = ("last",)

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the number of characters that stay."""
        return {"last": value} if isinstance(value, int) else super().of_column(value)

    def read(self, given: Given) -> Settings:
        """Check the number."""
        return {"last": given.count("last", 0)}

    def becomes(self, cell: Cell) -> pl.DataType:
        """Text."""
        if cell.found != pl.String() and _last(cell):
            raise cell.refusal("of which no last characters are shown", f"leave `last` of {cell.column} out")
        return pl.String()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Put the stars."""
        last, shown = _last(cell), pl.lit(_STARS)
        if last:
            is_long = cell.value.str.len_chars() > 2 * last
            shown = pl.when(is_long).then(_STARS + cell.value.str.tail(last)).otherwise(shown)
        return pl.when(cell.value.is_not_null()).then(shown)

    def hidden(self, text: str, cell: Cell) -> str:
        """The stars alone: what did not decode may be of any form."""
        del text, cell
        return _STARS

    def sentence(self, column: str, settings: Settings) -> str:
        """Say what is left."""
        last = settings["last"]
        return f"{column} masked" + (f" but for its last {last} characters" if last else "")


def _last(cell: Cell) -> int:
    last = cell.settings["last"]
    return last if isinstance(last, int) else 0
