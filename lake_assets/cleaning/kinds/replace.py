"""`replace`: synonyms in the one word that is used for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.cleaning.given import Given, Scalar
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.cleaning.literals import values_of

__all__ = ["Replace"]

_SHOWN = 4
_Pairs = list[tuple[Scalar, Scalar | None]]


class Replace(CellKind):
    """Whole values, not parts of them; what is not listed stays."""

    name = "replace"
    summary = "whole values that are listed are replaced by others"
    example = "replace: {city: {NYC: New York, L.A.: Los Angeles}}"
    options = ("values",)

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the values and what takes their place."""
        return {"values": value}

    def read(self, given: Given) -> Settings:
        """Check the values; a chain of them says too little of what is meant."""
        pairs = given.pairs("values")
        chained = [new for _, new in pairs if new in [old for old, to in pairs if to != new]]
        if chained:
            raise given.refusal(f"{chained[0]!r} takes the place of a value and is itself replaced")
        return {"values": [[old, new] for old, new in pairs]}

    def becomes(self, cell: Cell) -> pl.DataType:
        """The type it was."""
        _series(cell)
        return cell.found

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Look each value up."""
        old, new = _series(cell)
        return cell.value.replace(old, new)

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the first few."""
        pairs = cast("_Pairs", settings["values"])
        told = ", ".join(f"{new} for {old}" for old, new in pairs[:_SHOWN])
        return f"{column}: {told}" + (f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else "")


def _series(cell: Cell) -> tuple[pl.Series, pl.Series]:
    pairs = cast("_Pairs", cell.settings["values"])
    return values_of([old for old, _ in pairs], cell), values_of([new for _, new in pairs], cell)
