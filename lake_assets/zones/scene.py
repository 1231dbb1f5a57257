"""Where rows enter a trusted table: the dataset, the formatted rows they are from, and the table as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, TableRef, Zone
from lake_assets.quality import is_at
from lake_assets.storage.data_files import DataFile
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.batch import batch_of
from lake_assets.zones.duplicates import duplicates
from lake_assets.zones.quarantine import adopt, open_rows

__all__ = ["Entry", "Scene", "shares"]

_FILE = PROVENANCE[0]
_KEYS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Entry:
    """How rows enter a table.

    Args:
        adds: Files to add.
        removes: Paths of files to remove.
        entered: Number of rows of the batch that stand in the table then.
        replaced: Number of rows of the table that do no longer.
        changes_older: Whether rows of files taken in before are other than they were, or gone.
        deleted: Number of rows that were deleted or marked as such.
    """

    adds: Sequence[DataFile] = ()
    removes: Sequence[str] = ()
    entered: int = 0
    replaced: int = 0
    changes_older: bool = False
    deleted: int = 0


@dataclass(frozen=True)
class Scene:
    """What the merge of rows into a trusted table has to know.

    Args:
        dataset: The dataset.
        formatted: Its formatted table.
        table: Its trusted table; None when it is not there.
    """

    dataset: Dataset
    formatted: Table
    table: Table | None

    @property
    def root(self) -> LakeRoot:
        """The lake."""
        return self.formatted.root

    @property
    def ref(self) -> TableRef:
        """The trusted table."""
        return self.dataset.table(Zone.TRUSTED)

    @property
    def key(self) -> list[str]:
        """The columns that identify a row."""
        return list(self.dataset.key)

    @property
    def consumed(self) -> int:
        """The newest file that the trusted table has taken in."""
        return (self.table.consumed(str(self.formatted.ref)) if self.table else None) or 0

    def scan(self, files: Sequence[DataFile], like: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """Rows of files written under the table's folder and not committed yet.

        Args:
            files: The files.
            like: What rows have the columns of, where there may be no file.
        """
        if not files and like is not None:
            return pl.LazyFrame(schema=like.collect_schema())
        uris = [f"{self.root.table_uri(self.ref)}/{file.path}" for file in files]
        return pl.scan_parquet(uris, glob=False, storage_options=self.root.storage_options or None)

    def quarantine(self) -> Table | None:
        """The quarantine with all that the commits of both tables say of it."""
        adopt(self.dataset, self.formatted)
        if self.table is not None:
            adopt(self.dataset, self.table)
        return find_table(self.root, self.dataset.table(Zone.QUARANTINE))

    def accepted(self, aside: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """All rows that were taken in and not set aside, as they are to enter.

        Args:
            aside: Provenance of the rows that are set aside; the default is what the quarantine says.
        """
        if aside is None:
            aside = open_rows(self.quarantine(), Zone.TRUSTED).select(PROVENANCE)
        taken = self.formatted.scan().filter(pl.col(_FILE) <= self.consumed)
        rows = batch_of(self.dataset, self.formatted, taken.join(aside, on=list(PROVENANCE), how="anti"))
        gone = duplicates(self.dataset, rows, None)
        return rows.filter(~is_at(gone)) if gone.len() else rows

    def as_it_will_be(self, entry: Entry, like: pl.LazyFrame) -> tuple[pl.LazyFrame, int]:
        """The rows of the table once rows have entered, and how many there are.

        Args:
            entry: How they enter.
            like: What they have the columns of.
        """
        rows, new = sum(file.rows for file in entry.adds), self.scan(entry.adds, like)
        if self.table is None or not self.table.files.height:
            return new, rows
        files = self.table.files.select("path", "num_records")
        staying = files.filter(~pl.col("path").is_in(list(entry.removes)))
        old = self.table.scan_files(staying["path"].to_list()) if staying.height else None
        both = new if old is None else pl.concat([old, new], how="diagonal_relaxed")
        return both, rows + int(staying["num_records"].sum())


def shares(keys: pl.DataFrame, at_once: int = _KEYS_AT_ONCE) -> Iterator[pl.DataFrame]:
    """Keys, some at a time, near ones together, so that memory stays bounded."""
    in_order = keys.sort(keys.columns)
    for start in range(0, in_order.height, at_once):
        yield in_order.slice(start, at_once)
