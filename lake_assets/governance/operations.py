"""`governance.operations`: what each step that changed a table or landed files cost, and each that failed.

What was done is taken from the commits of the tables, exactly once, in one commit for all of them; a table that was
deleted is made again from them. What failed made no commit, and is known only here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import polars as pl

from lake_assets.governance.landing_costs import told_of_landing
from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.governance.taking_note import LANDING_SEEN
from lake_assets.model import StepCost, TableRef, Verdict, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table

__all__ = ["OPERATIONS", "OPERATIONS_COLUMNS", "StepFailure", "record_operations"]

OPERATIONS = TableRef(Zone.GOVERNANCE, "operations")

_COUNTS = ("files", "rows_in", "rows_out", "rows_quarantined", "rows_merged")
_OF_FILES = ("size_bytes", "duplicates")
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
        **dict.fromkeys(_OF_FILES, pl.Int64()),
    }
)
_MEANING = {
    "run_id": "Dagster's run id, or the id of the command that ran",
    "table": "zone.table; of a landing zone the dataset",
    "outcome": "changed, or failed",
    "version": "the Delta version of the table that the step made; of a landing step, that of"
    " governance.processed_files that tells of it",
    "seconds": "wall time of the step",
    "cpu_s": "processor time of the process and its ended children, the system's as well",
    "peak_bytes": "most resident memory; where the process held more before, what it held at the beginning or end",
    "bytes_read": "read from files, caches included; null where the system does not count",
    "bytes_written": "written to files, caches included; null where the system does not count",
    "rules_broken": "rules that did not come out kept",
    "files": "files fetched, landed or read",
    "what": "the kind of error of a step that failed",
    "size_bytes": "of the files that a landing step fetched or landed",
    "duplicates": "files that brought the same bytes again and landed as such",
}

OPERATIONS_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


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
        tables: The tables; `governance.processed_files` tells of the landing steps.
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
                rows += [row for note in table.notes(taken) for row in _rows(table.ref, note)]
                consumed[table.input_name] = table.version
        recorded[0] = len(rows)
        if not rows:
            return None
        files = write_data_files(root, OPERATIONS, pl.LazyFrame(rows, schema=_SCHEMA))
        notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, files, consumed=consumed, column_notes=notes)

    commit(root, OPERATIONS, decide)
    return recorded[0]


def _rows(ref: TableRef, note: Note) -> Iterator[dict[str, object]]:
    """The steps that a commit tells of."""
    if ref == PROCESSED_FILES:
        for table, cost, counts in told_of_landing(note, note.content.get(LANDING_SEEN, {})):
            yield {"table": table, "outcome": "changed", "version": note.version, **_spent(cost), **counts}
    elif "seconds" in note.content:
        yield _row(ref, note)


def _spent(cost: StepCost) -> dict[str, object]:
    effort = {**asdict(cost.effort), **{name: getattr(cost.effort, name) or None for name in _EFFORT}}
    return {"run_id": cost.run_id, "at": cost.at, "seconds": cost.seconds, **effort}


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
