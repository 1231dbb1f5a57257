"""What was noted of a dataset before, by which fetched files are judged: known, repeated or new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.governance.processed_files import newest_id, of_dataset, rows_of
from lake_assets.model import Dataset, FetchedFile, LandedFile, LandingOutcome, WriteMode
from lake_assets.storage.table import Table

__all__ = ["Noted", "noted_of"]

_AT_THEIR_TIME = {WriteMode.REPLACE, WriteMode.SNAPSHOT, WriteMode.SCD2}


@dataclass
class Noted:
    """Rows of processed files that fetched ones are judged by, and the newest row.

    Args:
        rows: Oldest first.
    """

    rows: Sequence[LandedFile] = ()
    state: str = ""
    last_id: int = 0
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _by_origin: dict[str, LandedFile] = field(default_factory=dict)
    _by_hash: dict[str, LandedFile] = field(default_factory=dict)
    _newest_sha256: str = ""

    def __post_init__(self) -> None:
        """Index the rows."""
        for row in self.rows:
            self.add(row)

    def add(self, row: LandedFile) -> None:
        """Take note of one more row."""
        self._seen.add((row.origin, row.fingerprint))
        self._by_origin[row.origin] = row
        self.state, self._newest_sha256 = row.state, row.sha256
        if row.outcome is LandingOutcome.LANDED:
            self._by_hash[row.sha256] = row
        self.last_id = max(self.last_id, row.file_id)

    def has(self, origin: str, fingerprint: str) -> bool:
        """Whether these bytes of this origin are known."""
        return (origin, fingerprint) in self._seen

    def repeats(self, fetched: FetchedFile, mode: WriteMode) -> LandedFile | None:
        """The landed file that a fetched one merely repeats, or None when it brings something new.

        The same bytes again are a duplicate. The one exception: an origin that went from A to B and back to A says
        something new, unless rows are only ever appended, where A's rows are there already. Where each file is the
        truth at its time, or the time of its coming is what its rows hold since, so does a file under any name that is
        not like the one before it.
        """
        same = self._by_hash.get(fetched.sha256)
        if mode in _AT_THEIR_TIME:
            return same if fetched.sha256 == self._newest_sha256 else None
        latest = self._by_origin.get(fetched.origin)
        is_reverted = latest is not None and latest.sha256 != fetched.sha256
        return None if is_reverted and mode is not WriteMode.APPEND else same


def noted_of(table: Table | None, dataset: Dataset, fetched: Sequence[FetchedFile]) -> Noted:
    """Of what was noted of a dataset, all that bears on some files."""
    if table is None:
        return Noted()
    origins, hashes = [file.origin for file in fetched], [file.sha256 for file in fetched]
    is_newest = pl.col("file_id") == newest_id(table, of_dataset(dataset))
    concerns = pl.col("origin").is_in(origins) | pl.col("sha256").is_in(hashes) | is_newest
    return Noted(rows_of(table, dataset, concerns))
