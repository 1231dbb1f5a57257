"""Schema drift: one row for each element that came other than the mapping knew it, from what commits say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from lake_assets.model import Dataset, TableRef, Zone
from lake_assets.storage.change import announcement
from lake_assets.storage.commit import Change
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.table import Note, Table

__all__ = ["DRIFTS", "SCHEMA_DRIFT", "SCHEMA_DRIFT_COLUMNS", "record_drift"]

SCHEMA_DRIFT = TableRef(Zone.GOVERNANCE, "schema_drift")

DRIFTS = "drifts"
"""What a commit of a formatted table announces when elements drifted, and calls them in its note."""

_SCHEMA = pl.Schema(
    {
        "source": pl.String(),
        "dataset": pl.String(),
        "version": pl.Int64(),
        "at": pl.Datetime("us", "UTC"),
        "run_id": pl.String(),
        "kind": pl.String(),
        "element": pl.String(),
        "column": pl.String(),
        "expected": pl.String(),
        "found": pl.String(),
        "outcome": pl.String(),
        "policy": pl.String(),
        "files": pl.Int64(),
        "file_id": pl.Int64(),
        "file": pl.String(),
    }
)

_MEANING = {
    "version": "the Delta version of the formatted table in whose commit it was found",
    "kind": "new: nobody mapped it; missing: it is mapped and was lacking; type: its cells do not fit the column",
    "element": "its name in the files",
    "column": "the column of the formatted table that it is mapped to",
    "expected": "the type of the column",
    "found": "the type that the format gave it",
    "outcome": "what came of it",
    "policy": "evolve, rescue or freeze, as declared then",
    "files": "number of files of the commit in which it was so",
    "file_id": "the first of these files, see governance.processed_files",
    "file": "its name",
}

SCHEMA_DRIFT_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


def record_drift(formatted: Table, dataset: Dataset) -> None:
    """Bring the table of drifts up to the newest commit of a formatted table; nothing is recorded twice.

    Args:
        formatted: The formatted table of the dataset.
        dataset: The dataset.
    """
    if formatted.consumed(announcement(DRIFTS)) is None:
        return

    def change_for(notes: Sequence[Note]) -> Change:
        rows = [row for note in notes for row in _rows(dataset, note)]
        files = write_data_files(formatted.root, SCHEMA_DRIFT, pl.LazyFrame(rows, schema=_SCHEMA))
        notes_of_columns = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, files, column_notes=notes_of_columns)

    follow(formatted, SCHEMA_DRIFT, change_for, announced=DRIFTS)


def _rows(dataset: Dataset, note: Note) -> Iterator[dict[str, object]]:
    for drift in note.content.get(DRIFTS, []):
        yield {
            **drift,
            "source": dataset.source,
            "dataset": dataset.name,
            "version": note.version,
            "at": pl.Series([note.content.get("at")]).str.to_datetime(time_zone="UTC").item(),
            "run_id": note.content.get("run_id"),
        }
