"""The name of a table: its zone and its own name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lake_assets.errors import UnknownTableError, near_names
from lake_assets.model.zone import Zone

__all__ = ["TableRef"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, order=True)
class TableRef:
    """A table of the lake, written `zone.name`.

    Args:
        zone: The zone that holds it.
        name: Lower snake case.
    """

    zone: Zone
    name: str

    def __str__(self) -> str:
        """Write `zone.name`."""
        return f"{self.zone}.{self.name}"

    @property
    def path(self) -> str:
        """The folder of the table under the lake root."""
        return f"{self.zone}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> TableRef:
        """Read `zone.name`.

        Raises:
            UnknownTableError: When the zone is not one of ours or the name is not lower snake case.

        >>> TableRef.parse("trusted.flights").path
        'trusted/flights'
        """
        zone, _, name = text.partition(".")
        if zone not in set(Zone):
            raise UnknownTableError(f"no zone is named {zone!r}", place=text, mend=near_names(zone, Zone))
        if not _NAME.fullmatch(name):
            mend = "write it as zone.table, for example trusted.flights"
            raise UnknownTableError(f"{name!r} is not a table name", place=text, mend=mend)
        return cls(Zone(zone), name)
