"""Processed files: one row for each file version that persistent landing has taken note of.

What the rows are, and what is asked of them; who adds to them is `taking_note`, who changes them `mending_files`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from lake_assets.governance.known_files import KnownFiles
from lake_assets.model import Dataset, LandedFile, LandingOutcome, TableRef, Zone
from lake_assets.storage.places import rows_with
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = [
    "PROCESSED_FILES",
    "PROCESSED_FILES_COLUMNS",
    "SCHEMA",
    "all_files",
    "as_landed",
    "as_rows",
    "column_notes",
    "every_file",
    "known_files",
    "landed_after",
    "landed_files",
    "newest_file",
    "newest_id",
    "of_dataset",
    "rows_of",
]

PROCESSED_FILES = TableRef(Zone.GOVERNANCE, "processed_files")

SCHEMA = pl.Schema(
    {
        "file_id": pl.Int64(),
        "source": pl.String(),
        "dataset": pl.String(),
        "path": pl.String(),
        "origin": pl.String(),
        "fingerprint": pl.String(),
        "name": pl.String(),
        "state": pl.String(),
        "sha256": pl.String(),
        "size_bytes": pl.Int64(),
        "newlines": pl.Int64(),
        "ingested_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "duplicate_of": pl.Int64(),
        "run_id": pl.String(),
    }
)

_MEANING = {
    "file_id": "what _file holds in every zone; grows with time within a dataset",
    "path": "where the bytes are kept, under the lake root",
    "origin": "what the file is called at its source",
    "fingerprint": "changes whenever the bytes at the source may have changed",
    "state": "what the connector remembers of the collection after this file",
    "sha256": "identity of the bytes as they are kept; empty where none are",
    "newlines": "number of line feed bytes",
    "ingested_at": "when the file was complete in temporary landing, UTC",
    "outcome": "landed; duplicate: the same bytes again, which go no further; erased: the bytes of a file of which a"
    " person was erased, which go no further; withdrawn: its bytes had to go to erase a person",
    "duplicate_of": "the file_id that a duplicate, or one that is erased, repeats",
}

PROCESSED_FILES_COLUMNS = (SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


def known_files(root: LakeRoot, dataset: Dataset) -> KnownFiles:
    """What has been landed of a dataset."""
    table = find_table(root, PROCESSED_FILES)
    if table is None:
        return KnownFiles()
    found = table.scan().filter(of_dataset(dataset)).select("file_id", "origin", "fingerprint").collect()
    if found.is_empty():
        return KnownFiles()
    (newest,) = rows_of(table, dataset, pl.col("file_id") == found["file_id"].max())
    return KnownFiles(found.sort("file_id"), newest.state)


def all_files(root: LakeRoot, dataset: Dataset) -> list[LandedFile]:
    """Every row of a dataset, oldest first."""
    table = find_table(root, PROCESSED_FILES)
    return rows_of(table, dataset) if table else []


def every_file(root: LakeRoot) -> list[LandedFile]:
    """Every row of every dataset, by file id."""
    table = find_table(root, PROCESSED_FILES)
    rows = table.scan().sort("file_id").collect().iter_rows(named=True) if table else ()
    return [as_landed(row) for row in rows]


def landed_after(root: LakeRoot, dataset: Dataset, file_id: int, most: int | None = None) -> list[LandedFile]:
    """The files of a dataset that landed after a file, oldest first; duplicates are not among them.

    Args:
        root: The lake.
        dataset: The dataset.
        file_id: The file after which they landed.
        most: How many are asked for; None for all.
    """
    table = find_table(root, PROCESSED_FILES)
    is_new = (pl.col("file_id") > file_id) & (pl.col("outcome") == LandingOutcome.LANDED.value)
    return rows_of(table, dataset, is_new, most=most) if table else []


def landed_files(root: LakeRoot, file_ids: Collection[int]) -> dict[int, LandedFile]:
    """Some files by their ids, of whatever dataset; of a registry of a million only what may hold them is read."""
    table = find_table(root, PROCESSED_FILES)
    if table is None or not file_ids:
        return {}
    found = rows_with(table, "file_id", file_ids).collect()
    return {row["file_id"]: as_landed(row) for row in found.iter_rows(named=True)}


def newest_file(root: LakeRoot, dataset: str) -> int:
    """The id of the file of a dataset that was noted last; 0 when none was."""
    table = find_table(root, PROCESSED_FILES)
    if table is None:
        return 0
    return newest_id(table, pl.col("dataset") == dataset)


def newest_id(table: Table, among: pl.Expr) -> int:
    """The id of the row that was noted last among some; 0 when there is none."""
    newest = table.scan().filter(among).select(pl.col("file_id").max()).collect().item()
    return newest if isinstance(newest, int) else 0


def rows_of(table: Table, dataset: Dataset, *also: pl.Expr, most: int | None = None) -> list[LandedFile]:
    """The rows of a dataset, oldest first.

    Args:
        table: `governance.processed_files`.
        dataset: The dataset.
        also: What else must be true of a row.
        most: How many are asked for; None for all.
    """
    ordered = table.scan().filter(of_dataset(dataset)).filter(*also).sort("file_id")
    found = (ordered if most is None else ordered.head(most)).collect()
    return [as_landed(row) for row in found.iter_rows(named=True)]


def of_dataset(dataset: Dataset) -> pl.Expr:
    """Whether a row is of a dataset."""
    return (pl.col("source") == dataset.source) & (pl.col("dataset") == dataset.name)


def as_landed(row: dict[str, object]) -> LandedFile:
    """A row as the file that it is of."""
    values = {**row, "outcome": LandingOutcome(str(row["outcome"]))}
    return LandedFile(**values)  # type: ignore[arg-type]


def column_notes() -> dict[str, dict[str, str]]:
    """What a commit of the table says of its columns."""
    return {name: {"comment": meaning} for name, meaning in _MEANING.items()}


def as_rows(rows: Iterable[LandedFile]) -> pl.LazyFrame:
    """Files as the rows of the table."""
    return pl.LazyFrame([{**vars(row), "outcome": row.outcome.value} for row in rows], schema=SCHEMA)
