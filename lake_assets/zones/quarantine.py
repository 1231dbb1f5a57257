"""Quarantine: what cannot go on is written beside the table, and taken in once the table's commit stands.

The zone's commit names the files of the rows it set aside; the quarantine table follows that commit. So a row is
either in the zone or in quarantine, never both and never neither, wherever a run dies. A row that a replay re-admits
stays in the table as history: since when, by which run, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

import polars as pl

from lake_assets.model import Dataset, TableRef, Zone
from lake_assets.quality import QUARANTINE_SCHEMA
from lake_assets.storage.commit import Change
from lake_assets.storage.data_files import DataFile, write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table, find_table

__all__ = [
    "ATTACHED",
    "READMITTED",
    "adopt",
    "all_rows",
    "as_told",
    "attachment",
    "open_count",
    "open_rows",
    "readmission",
    "set_aside",
]

ATTACHED = "quarantined_files"
"""What a zone's commit announces when it sets rows aside, and calls them in its note."""

READMITTED = "readmitted_files"
"""What the commit of a replay calls the rows of the quarantine that it closes, in its note."""

_HISTORY = pl.Schema(
    {
        "readmitted_at": QUARANTINE_SCHEMA["quarantined_at"],
        "readmitted_by": pl.String(),
        "readmitted_why": pl.String(),
    }
)
_SCHEMA = pl.Schema({**QUARANTINE_SCHEMA, **_HISTORY})
_PLACE = ["_file", "_row", "stage"]

_MEANING = {
    "_file": "id of the landed file, see governance.processed_files",
    "_row": "record number in the file, from 1; 0 when the whole file is set aside",
    "stage": "the zone that set it aside",
    "rules": "every rule it breaks",
    "reason": "what is wrong, for people",
    "record": "the raw record, or the values of the row as JSON",
    "run_id": "the run that set it aside",
    "quarantined_at": "when, UTC",
    "rule_versions": "the version of each of the rules that it was judged by",
    "readmitted_at": "when a replay took it back, UTC; null while it is set aside",
    "readmitted_by": "the run that took it back",
    "readmitted_why": "why, as the person said who asked for the replay",
}


def set_aside(root: LakeRoot, dataset: Dataset, rows: pl.LazyFrame) -> list[DataFile]:
    """Write rows for the quarantine of a dataset; they are in it once `adopt` has seen the zone's commit."""
    return write_data_files(root, dataset.table(Zone.QUARANTINE), rows)


def attachment(files: Sequence[DataFile]) -> dict[str, object]:
    """What the zone's commit has to say of the files it set aside."""
    return {ATTACHED: [asdict(file) for file in files]} if files else {}


def all_rows(quarantine: Table | None) -> pl.LazyFrame:
    """Everything that was ever set aside of a dataset, with the history of what was taken back."""
    if quarantine is None:
        return pl.LazyFrame(schema=_SCHEMA)
    return as_told(quarantine.scan())


def open_rows(quarantine: Table | None, stage: Zone) -> pl.LazyFrame:
    """What a zone set aside and no replay has taken back.

    Args:
        quarantine: The quarantine of a dataset; None when it is not there.
        stage: The zone.
    """
    return all_rows(quarantine).filter(pl.col("stage") == stage.value, pl.col("readmitted_at").is_null())


def open_count(quarantine: Table | None) -> int:
    """How many rows are set aside and have not been taken back, from the log alone."""
    if quarantine is None or not quarantine.files.height:
        return 0
    files = quarantine.files
    whole = pl.col("num_records")
    counted = "null_count.readmitted_at"
    return int(files.select(pl.coalesce(counted, whole) if counted in files.columns else whole).sum().item())


def readmission(
    root: LakeRoot,
    dataset: Dataset,
    closed: Iterable[pl.LazyFrame],
    *,
    run_id: str,
    at: datetime,
    why: str,
    still: pl.LazyFrame | None = None,
) -> dict[str, object]:
    """What the commit of a replay has to say of the rows it takes back; they are closed once `adopt` has seen it.

    Args:
        root: The lake.
        dataset: The dataset.
        closed: Its open rows in the quarantine that are taken back, some at a time, so that memory stays bounded.
        run_id: The run that takes them back.
        at: When, UTC.
        why: Why.
        still: Rows that stay set aside, but are other than the quarantine says.
    """
    history = (
        pl.lit(at, _HISTORY["readmitted_at"]).alias("readmitted_at"),
        pl.lit(run_id).alias("readmitted_by"),
        pl.lit(why).alias("readmitted_why"),
    )
    said = [part.with_columns(history) for part in closed]
    parts = [*said, *([] if still is None else [still])]
    files = [file for part in parts for file in set_aside(root, dataset, as_told(part))]
    return {READMITTED: [asdict(file) for file in files]}


def as_told(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of a quarantine in its shape as it is now, null in what an older one lacks."""
    there = rows.collect_schema()
    lacking = [pl.lit(None, kind).alias(name) for name, kind in _SCHEMA.items() if name not in there]
    return rows.with_columns(lacking).select(_SCHEMA.names())


def adopt(dataset: Dataset, leader: Table) -> Table | None:
    """Take what a zone's commits set aside into the quarantine of the dataset, and close what they took back.

    Args:
        dataset: The dataset.
        leader: Its formatted or trusted table, as it is now.
    """
    ref = dataset.table(Zone.QUARANTINE)

    def change_for(notes: Sequence[Note]) -> Change:
        aside, taken_back = _named(notes, ATTACHED), _named(notes, READMITTED)
        adds, removes = aside, list[str]()
        if taken_back:
            adds, removes = _closed(leader.root, ref, aside, taken_back)
        notes_of_columns = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, adds, removes, note={"leader": str(leader.ref)}, column_notes=notes_of_columns)

    return follow(leader, ref, change_for, announced=ATTACHED)


def _named(notes: Sequence[Note], name: str) -> list[DataFile]:
    return [DataFile(**file) for note in notes for file in note.content.get(name, [])]


def _closed(
    root: LakeRoot, ref: TableRef, aside: Sequence[DataFile], taken_back: Sequence[DataFile]
) -> tuple[list[DataFile], list[str]]:
    """The files to add and the paths to remove so that what is said of a row last stands in the table only."""
    table = find_table(root, ref)
    known = table.files["path"].to_list() if table is not None and table.files.height else []
    new = [*aside, *taken_back]
    said = pl.coalesce("readmitted_at", "quarantined_at").max().alias(_SAID)
    closing = _scan(root, ref, [file.path for file in taken_back]).group_by(_PLACE).agg(said)
    touched = [
        path
        for path in (*known, *(file.path for file in new))
        if _with_last(root, ref, path, closing).filter(_IS_OUTDATED).head(1).collect().height
    ]
    left = [_with_last(root, ref, path, closing).filter(~_IS_OUTDATED).drop(_SAID) for path in touched]
    rewritten = write_data_files(root, ref, pl.concat(left)) if left else []
    adds = [*(file for file in new if file.path not in touched), *rewritten]
    return adds, [path for path in known if path in touched]


_SAID = "said_at"
_IS_OUTDATED = pl.col("readmitted_at").is_null() & (pl.col("quarantined_at") < pl.col(_SAID)).fill_null(
    value=False
)


def _with_last(root: LakeRoot, ref: TableRef, path: str, closing: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of a file with when something was said of them last by a replay."""
    return _scan(root, ref, [path]).join(closing, on=_PLACE, how="left", maintain_order="left")


def _scan(root: LakeRoot, ref: TableRef, paths: Sequence[str]) -> pl.LazyFrame:
    """Rows of files that may be older than the columns of the history."""
    base = root.table_uri(ref)
    uris = [path if "://" in path or path.startswith("/") else f"{base}/{path}" for path in paths]
    return pl.scan_parquet(
        uris,
        glob=False,
        schema=_SCHEMA,
        missing_columns="insert",
        storage_options=root.storage_options or None,
    )
