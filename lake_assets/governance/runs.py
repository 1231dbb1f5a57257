"""Runs: one row for each commit of a zone table, taken from what the commit says of itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.table import Note, Table

__all__ = ["COMMITS", "RUNS", "RUNS_COLUMNS", "record_runs"]

RUNS = TableRef(Zone.GOVERNANCE, "runs")

COMMITS = "commits"
"""What a commit of the runs calls the commits that it tells of, in its note."""

_SCHEMA = pl.Schema(
    {
        "run_id": pl.String(),
        "zone": pl.String(),
        "table": pl.String(),
        "version": pl.Int64(),
        "at": pl.Datetime("us", "UTC"),
        "seconds": pl.Float64(),
        "files": pl.Int64(),
        "rows_in": pl.Int64(),
        "rows_out": pl.Int64(),
        "rows_quarantined": pl.Int64(),
        "rows_merged": pl.Int64(),
        "inputs": pl.String(),
        "verdicts": pl.String(),
        "code_version": pl.String(),
        "git_sha": pl.String(),
    }
)

_MEANING = {
    "run_id": "Dagster's run id, or the id of the command that ran",
    "version": "the Delta version of the table that the commit made",
    "seconds": "wall time of the step",
    "inputs": "JSON: how far each input was consumed",
    "verdicts": "JSON: how each rule came out",
    "code_version": "the version of lake_assets",
    "git_sha": "the commit of the project that holds the declarations",
}

RUNS_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


def record_runs(table: Table) -> None:
    """Bring the runs table up to a table's newest commit; nothing is recorded twice, nothing left out."""

    def change_for(notes: Sequence[Note]) -> Change | None:
        rows = [_row(table.ref, note.version, note.content) for note in notes]
        if not rows:
            return Change(_SCHEMA)
        files = write_data_files(table.root, RUNS, pl.LazyFrame(rows, schema=_SCHEMA))
        notes_of_columns = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        said: dict[str, object] = {COMMITS: [_told(table.ref, notes)]}
        return Change(_SCHEMA, files, note=said, column_notes=notes_of_columns)

    follow(table, RUNS, change_for)


def _told(ref: TableRef, notes: Sequence[Note]) -> dict[str, object]:
    """Of which commits there are rows now, for tables that go on from here."""
    return {"zone": ref.zone.value, "table": str(ref), "versions": [note.version for note in notes]}


def _row(ref: TableRef, version: int, note: dict[str, Any]) -> dict[str, object]:
    plain = {name: note.get(name) for name in _SCHEMA if name not in {"zone", "table", "version", "at"}}
    return {
        **plain,
        "zone": ref.zone.value,
        "table": ref.name,
        "version": version,
        "at": pl.Series([note.get("at")]).str.to_datetime(time_zone="UTC").item(),
        "inputs": json.dumps(note.get("inputs", {})),
        "verdicts": json.dumps(note.get("verdicts", [])),
    }
