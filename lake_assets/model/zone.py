"""The zones that data flows through, in order."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Zone"]


class Zone(StrEnum):
    """A zone of the data management backbone, or one of the two areas beside it.

    The value is both the folder under the lake root and the Dagster asset group.
    """

    TEMPORARY_LANDING = "temporary_landing"
    PERSISTENT_LANDING = "persistent_landing"
    FORMATTED = "formatted"
    TRUSTED = "trusted"
    EXPLOITATION = "exploitation"
    QUARANTINE = "quarantine"
    GOVERNANCE = "governance"

    @property
    def holds_tables(self) -> bool:
        """Whether the zone holds Delta tables rather than files as they came."""
        return self not in {Zone.TEMPORARY_LANDING, Zone.PERSISTENT_LANDING}
