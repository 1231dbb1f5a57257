"""What was erased, without saying of whom: the records that are gone, and the files whose bytes are others now.

A record is known by its file and its number in it, so it stays gone when its file is decoded again. The bytes of a file
as they came are known by a slow, salted hash of their own hash: they are recognised when they are sent again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import polars as pl

from lake_assets.governance.decisions import decisions_in_force
from lake_assets.model import PROVENANCE, LandedFile, TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = [
    "ERASED_FILES",
    "ERASED_FILES_COLUMNS",
    "ERASED_RECORDS",
    "ERASED_RECORDS_COLUMNS",
    "ERASURE",
    "ErasedFile",
    "Originals",
    "erased_places",
    "finished_erasures",
    "has_unfinished_files",
    "originals",
    "record_erased_file",
    "record_erased_places",
    "unfinished_places",
]

ERASURE = "erasure"
"""The kind of the decisions that say which erasure was done."""

ERASED_RECORDS = TableRef(Zone.GOVERNANCE, "erased_records")
ERASED_FILES = TableRef(Zone.GOVERNANCE, "erased_files")

_RECORDS = pl.Schema(
    {
        "erasure_id": pl.String(),
        "dataset": pl.String(),
        "_file": pl.Int64(),
        "_row": pl.Int64(),
        "at": pl.Datetime("us", "UTC"),
    }
)
_RECORDS_MEAN = {
    "erasure_id": "random; says nothing of whom",
    "_file": "id of the landed file, see governance.processed_files",
    "_row": "record number in the file, from 1; 0 for the file as a whole",
    "at": "when it was found, UTC; it is erased when a decision names the erasure",
}
_FILES = pl.Schema(
    {
        "erasure_id": pl.String(),
        "dataset": pl.String(),
        "file_id": pl.Int64(),
        "outcome": pl.String(),
        "size_bytes": pl.Int64(),
        "salt": pl.String(),
        "digest": pl.String(),
        "at": pl.Datetime("us", "UTC"),
    }
)
_FILES_MEAN = {
    "file_id": "see governance.processed_files, which holds the hash of the bytes as they are now",
    "outcome": "redacted: its other records stand as they came; withdrawn: the bytes are gone, its other rows stay",
    "size_bytes": "of the bytes as they came",
    "salt": "of the digest",
    "digest": "scrypt of the SHA-256 of the bytes as they came: knows them when they are sent again",
    "at": "when, UTC",
}
_PLACE: dict[str, type[pl.Int64]] = dict.fromkeys(PROVENANCE, pl.Int64)
_SALT_BYTES = 16
_COST, _BLOCK = 1 << 14, 8

ERASED_RECORDS_COLUMNS = (_RECORDS, _RECORDS_MEAN)
"""The columns of the table and what they mean, for whoever lists the artefacts."""

ERASED_FILES_COLUMNS = (_FILES, _FILES_MEAN)
"""Likewise."""


@dataclass(frozen=True)
class ErasedFile:
    """A landed file whose bytes are others now, or gone.

    Args:
        erasure_id: The erasure.
        dataset: Of which dataset.
        file_id: Its id.
        outcome: `redacted` or `withdrawn`.
        size_bytes: Of the bytes as they came.
        salt: Of the digest.
        digest: By which the bytes are known when they come again.
        at: When, UTC.
    """

    erasure_id: str
    dataset: str
    file_id: int
    outcome: str
    size_bytes: int
    salt: str
    digest: str
    at: datetime


@dataclass(frozen=True)
class Originals:
    """The bytes as they came of files that were erased, to be recognised.

    Args:
        files: Of one dataset.
    """

    files: Sequence[ErasedFile] = ()

    def repeated_by(self, sha256: str, size_bytes: int) -> int | None:
        """The id of the file of which these were the bytes; None when they are none's."""
        alike = (each for each in self.files if each.size_bytes == size_bytes)
        return next((each.file_id for each in alike if _digest(sha256, each.salt) == each.digest), None)


def _digest(sha256: str, salt: str) -> str:
    """Slow on purpose: a hash of a file confirms a guess at what is missing from it."""
    return hashlib.scrypt(sha256.encode(), salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=1, dklen=32).hex()


def originals(root: LakeRoot, dataset: str) -> Originals:
    """The files of a dataset that were erased."""
    table = find_table(root, ERASED_FILES)
    if table is None:
        return Originals()
    rows = table.scan().filter(pl.col("dataset") == dataset).select(_FILES.names()).collect()
    return Originals([ErasedFile(**row) for row in rows.iter_rows(named=True)])


def record_erased_file(root: LakeRoot, file: LandedFile, erasure_id: str, outcome: str, at: datetime) -> None:
    """Remember the bytes of a landed file that are to go; once, however often its erasure is begun.

    Args:
        root: The lake.
        file: The file with its bytes as they are.
        erasure_id: The erasure.
        outcome: `redacted` or `withdrawn`.
        at: When, UTC.
    """

    def decide(_: Table | None) -> Change | None:
        if originals(root, file.dataset).repeated_by(file.sha256, file.size_bytes) is not None:
            return None
        salt = secrets.token_hex(_SALT_BYTES)
        digest = _digest(file.sha256, salt)
        gone = ErasedFile(erasure_id, file.dataset, file.file_id, outcome, file.size_bytes, salt, digest, at)
        rows = pl.LazyFrame([asdict(gone)], schema=_FILES)
        return Change(_FILES, write_data_files(root, ERASED_FILES, rows), column_notes=_notes(_FILES_MEAN))

    commit(root, ERASED_FILES, decide)


def finished_erasures(root: LakeRoot) -> set[str]:
    """The erasures that were proved and decided on."""
    return {each.value for each in decisions_in_force(root, ERASURE, "")}


def has_unfinished_files(root: LakeRoot) -> bool:
    """Whether bytes of landed files went in an erasure that came to no end."""
    table = find_table(root, ERASED_FILES)
    if table is None:
        return False
    begun = table.scan().select(pl.col("erasure_id").unique()).collect()["erasure_id"]
    return not set(begun) <= finished_erasures(root)


def unfinished_places(root: LakeRoot) -> pl.DataFrame:
    """What was to be erased when an erasure ended before it was done: `erasure_id`, `dataset`, `_file` and `_row`."""
    table = find_table(root, ERASED_RECORDS)
    wanted = ("erasure_id", "dataset", *PROVENANCE)
    if table is None:
        return pl.DataFrame(schema={name: _RECORDS[name] for name in wanted})
    is_open = ~pl.col("erasure_id").is_in(sorted(finished_erasures(root)))
    return table.scan().filter(is_open).sort("at").select(wanted).collect(engine="streaming")


def erased_places(root: LakeRoot, dataset: str) -> pl.DataFrame:
    """File and number of every record of a dataset that was erased, or is to be."""
    table = find_table(root, ERASED_RECORDS)
    if table is None:
        return pl.DataFrame(schema=_PLACE)
    mine = table.scan().filter(pl.col("dataset") == dataset)
    return mine.select(PROVENANCE).unique().collect(engine="streaming")


def record_erased_places(
    root: LakeRoot, dataset: str, places: pl.DataFrame, erasure_id: str, at: datetime
) -> None:
    """Remember records that are to be erased; those that are known already are left out.

    Args:
        root: The lake.
        dataset: Of which dataset.
        places: File and number of each.
        erasure_id: The erasure.
        at: When, UTC.
    """

    def decide(_: Table | None) -> Change | None:
        new = places.select(PROVENANCE).join(erased_places(root, dataset), on=list(PROVENANCE), how="anti")
        if new.is_empty():
            return None
        rows = new.with_columns(
            pl.lit(erasure_id).alias("erasure_id"),
            pl.lit(dataset).alias("dataset"),
            pl.lit(at, _RECORDS["at"]).alias("at"),
        )
        files = write_data_files(root, ERASED_RECORDS, rows.select(_RECORDS.names()).lazy())
        return Change(_RECORDS, files, column_notes=_notes(_RECORDS_MEAN))

    commit(root, ERASED_RECORDS, decide)


def _notes(meaning: dict[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"comment": text} for name, text in meaning.items()}
