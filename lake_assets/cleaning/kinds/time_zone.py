"""`time_zone`: clock times of a place as the instants that they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from zoneinfo import available_timezones

import polars as pl
from polars._typing import Ambiguous

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings
from lake_assets.errors import DeclarationError, near_names

__all__ = ["TimeZone"]

_AMBIGUOUS = ("lost", "earliest", "latest")


class TimeZone(CellKind):
    """For datetimes that were written without an offset, and so were read as if their clock were UTC's.

    When a clock is put forward, the times it leaps over are none; when it is put back, those it shows twice are
    ambiguous. The former are lost, and so are the latter unless `ambiguous` says which of the two is meant.

    Source: IANA time zone database, as Polars brings it.
    """

    name = "time_zone"
    summary = "clock times of a place become instants (UTC)"
    example = "time_zone: {departed: America/New_York}, or time_zone: {departed: {zone: America/New_York}}"
    options = ("zone", "ambiguous")
    loses = True

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the zone."""
        return {"zone": value} if isinstance(value, str) else super().of_column(value)

    def read(self, given: Given) -> Settings:
        """Check that there is such a zone."""
        zone = given.text("zone")
        try:
            pl.Series([datetime(2000, 1, 1)]).dt.replace_time_zone(zone)  # noqa: DTZ001  (the zone is what is tried)
        except (pl.exceptions.PolarsError, ValueError) as error:
            mend = near_names(zone, available_timezones())
            raise DeclarationError(f"no time zone is named {zone!r}", place=given.place, mend=mend) from error
        return {"zone": zone, "ambiguous": given.choice("ambiguous", _AMBIGUOUS, "lost")}

    def becomes(self, cell: Cell) -> pl.DataType:
        """An instant."""
        if not isinstance(cell.found, pl.Datetime):
            raise cell.refusal("not a datetime", f"cast {cell.column} to datetime before")
        return cell.found

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Read the clock in the zone."""
        said = str(cell.settings["ambiguous"])
        ambiguous = cast("Ambiguous", "null" if said == "lost" else said)
        local = cell.value.dt.replace_time_zone(None).dt.replace_time_zone(
            str(cell.settings["zone"]), ambiguous=ambiguous, non_existent="null"
        )
        return local.dt.convert_time_zone("UTC")

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the zone."""
        return f"{column} from the clock of {settings['zone']} to UTC"
