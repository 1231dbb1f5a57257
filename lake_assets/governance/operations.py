"""`governance.operations`: what each step that changed a table cost, and each that failed.

What was done is taken from the commits of the tables, exactly once, in one commit for all of them; a table that was
deleted is made again from them. What failed made no commit, and is known only here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import polars as pl

from lake_assets.model import TableRef, Verdict, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table

__all__ = ["OPERATIONS", "StepFailure", "record_operations"]

OPERATIONS = TableRef(Zone.GOVERNANCE, "operations")

_COUNTS = ("files", "rows_in", "rows_out", "rows_quarantined", "rows_merged")
_EFFORT = ("peak_bytes", "bytes_read", "bytes_written")
_SCHEMA = pl.Schema(
    {
        "run_id": pl.String(),
        "table": pl.String(),
        "outcome": pl.String(),
        "version": pl.Int64(),
        "at": pl.Datetime("us", "UTC"),
        "seconds": pl.Float64(),
        "cpu_s": pl.Float64(),
        **dict.fromkeys((*_EFFORT, *_COUNTS, "rules_broken"), pl.Int64()),
        "what": pl.String(),
    }
)
_MEANING = {
    "run_id": "Dagster's run id, or the id of the command that ran",
    "table": "zone.table",
    "outcome": "changed, or failed",
    "version": "the Delta version of the table that the step made",
    "seconds": "wall time of the step",
    "cpu_s": "processor time of the process and its ended children, the system's as well",
    "peak_bytes": "most resident memory; where the process held more before, what it held at the beginning or end",
    "bytes_read": "read from files, caches included; null where the system does not count",
    "bytes_written": "written to files, caches included; null where the system does not count",
    "rules_broken": "rules that did not come out kept",
    "what": "the kind of error of a step that failed",
}


@dataclass(frozen=True)
class StepFailure:
    """A step that failed.

    Args:
        run_id: The run.
        table: `zone.table`.
        at: When, UTC.
        what: The kind of error; no words of its message, which may hold values.
    """

    run_id: str
    table: str
    at: datetime
    what: str


def record_operations(root: LakeRoot, tables: Sequence[Table], failures: Sequence[StepFailure] = ()) -> int:
    """Bring the record up to the newest commits of some tables, and add what failed.

    Args:
        root: The lake.
        tables: The tables.
        failures: What failed.

    Returns:
        Number of steps recorded.
    """
    recorded = [0]

    def decide(known: Table | None) -> Change | None:
        rows: list[dict[str, object]] = [{**asdict(each), "outcome": "failed"} for each in failures]
        consumed = {}
        for table in tables:
            taken = known.consumed(table.input_name) if known else None
            if taken is None or taken < table.version:
                rows += [_row(table.ref, note) for note in table.notes(taken) if "seconds" in note.content]
                consumed[table.input_name] = table.version
        recorded[0] = len(rows)
        if not rows:
            return None
        files = write_data_files(root, OPERATIONS, pl.LazyFrame(rows, schema=_SCHEMA))
        notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, files, consumed=consumed, column_notes=notes)

    commit(root, OPERATIONS, decide)
    return recorded[0]


def _row(ref: TableRef, note: Note) -> dict[str, object]:
    content: dict[str, Any] = note.content
    effort = content.get("effort", {})
    verdicts = map(Verdict.from_record, content.get("verdicts", []))
    return {
        "run_id": content.get("run_id"),
        "table": str(ref),
        "outcome": "changed",
        "version": note.version,
        "at": datetime.fromisoformat(content["at"]),
        "seconds": content["seconds"],
        "cpu_s": effort.get("cpu_s"),
        **{name: effort.get(name) or None for name in _EFFORT},
        **{name: content.get(name) for name in _COUNTS},
        "rules_broken": sum(not each.is_kept for each in verdicts),
    }
