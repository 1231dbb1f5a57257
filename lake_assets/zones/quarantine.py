"""Quarantine: what cannot go on is written beside the table, and taken in once the table's commit stands.

The zone's commit names the files of the rows it set aside; the quarantine table follows that commit. So a row is
either in the zone or in quarantine, never both and never neither, wherever a run dies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from lake_assets.model import Dataset, Zone
from lake_assets.quality import QUARANTINE_SCHEMA
from lake_assets.storage.commit import Change
from lake_assets.storage.data_files import DataFile, write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table

__all__ = ["ATTACHED", "adopt", "attachment", "set_aside"]

ATTACHED = "quarantined_files"
"""What a zone's commit announces when it sets rows aside, and calls them in its note."""

_MEANING = {
    "_file": "id of the landed file, see governance.processed_files",
    "_row": "record number in the file, from 1; 0 when the whole file is set aside",
    "stage": "the zone that set it aside",
    "rules": "every rule it breaks",
    "reason": "what is wrong, for people",
    "record": "the raw record, or the values of the row as JSON",
    "run_id": "the run that set it aside",
    "quarantined_at": "when, UTC",
}


def set_aside(root: LakeRoot, dataset: Dataset, rows: pl.LazyFrame) -> list[DataFile]:
    """Write rows for the quarantine of a dataset; they are in it once `adopt` has seen the zone's commit."""
    return write_data_files(root, dataset.table(Zone.QUARANTINE), rows)


def attachment(files: Sequence[DataFile]) -> dict[str, object]:
    """What the zone's commit has to say of the files it set aside."""
    return {ATTACHED: [asdict(file) for file in files]} if files else {}


def adopt(dataset: Dataset, leader: Table) -> Table | None:
    """Take what a zone's commits set aside into the quarantine of the dataset.

    Args:
        dataset: The dataset.
        leader: Its formatted or trusted table, as it is now.
    """

    def change_for(notes: Sequence[Note]) -> Change:
        files = [DataFile(**file) for note in notes for file in _attached(note.content)]
        notes_of_columns = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(
            QUARANTINE_SCHEMA, files, note={"leader": str(leader.ref)}, column_notes=notes_of_columns
        )

    return follow(leader, dataset.table(Zone.QUARANTINE), change_for, announced=ATTACHED)


def _attached(note: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = note.get(ATTACHED, [])
    return found
