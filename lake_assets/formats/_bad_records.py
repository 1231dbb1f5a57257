"""The records of one file that do not parse, as they are met."""

from __future__ import annotations

from lake_assets.errors import DecodeError
from lake_assets.formats.protocol import BadRecord

__all__ = ["BadRecords"]

_MEMORY_CHARACTERS = 64 << 20


class BadRecords:
    """Bad records in order, as many as memory may hold.

    Args:
        place: The file, for errors.
        mend: What to do when nearly everything is bad.
    """

    def __init__(self, place: str, mend: str) -> None:
        """Begin with none."""
        self._place = place
        self._mend = mend
        self._records: list[BadRecord] = []
        self._characters = 0

    def add(self, row: int, raw: str, reason: str) -> None:
        """Keep one more.

        Raises:
            DecodeError: When there are more than memory may hold: then the file as a whole is not what it should be.
        """
        self._records.append(BadRecord(row, raw, reason))
        self._characters += len(raw) + 100
        if self._characters > _MEMORY_CHARACTERS:
            first = self._records[0]
            what = (
                f"{len(self._records):,} of the first {row:,} records do not parse (first: row {first.row}: "
            )
            raise DecodeError(f"{what}{first.reason})", place=self._place, mend=self._mend)

    @property
    def found(self) -> tuple[BadRecord, ...]:
        """All of them, in order."""
        return tuple(self._records)
