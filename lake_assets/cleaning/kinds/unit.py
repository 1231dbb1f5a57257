"""`unit`: values in another unit."""

from __future__ import annotations

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.cleaning.units import Unit, conversion, unit_names, unit_of
from lake_assets.errors import DeclarationError, near_names

__all__ = ["UnitOf"]


class UnitOf(CellKind):
    """The factor is exact and rounded once, to a float; so is each value."""

    name = "unit"
    summary = "values in another unit"
    example = "unit: {distance: {from: mi, to: km}}"
    options = ("from", "to")

    def read(self, given: Given) -> Settings:
        """Check that both units are known, and measure the same."""
        names = {end: given.text(end) for end in ("from", "to")}
        old, new = (_unit(name, given) for name in names.values())
        if old.measures != new.measures:
            what = f"{names['from']} measures {old.measures}, {names['to']} {new.measures}"
            raise given.refusal(what)
        return {**names}

    def becomes(self, cell: Cell) -> pl.DataType:
        """A float."""
        if not cell.found.is_numeric():
            raise cell.refusal("not a number", f"cast {cell.column} to float before")
        return pl.Float64()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Multiply and, where zero lies elsewhere, add."""
        old, new = unit_of(str(cell.settings["from"])), unit_of(str(cell.settings["to"]))
        factor, offset = conversion(old, new) if old and new else (1.0, 0.0)
        made = cell.value.cast(pl.Float64) * factor
        return made + offset if offset else made

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the units."""
        return f"{column} from {settings['from']} to {settings['to']}"


def _unit(name: str, given: Given) -> Unit:
    unit = unit_of(name)
    if unit is None:
        mend = near_names(name, unit_names())
        raise DeclarationError(f"no unit is named {name!r}", place=given.place, mend=mend)
    return unit
