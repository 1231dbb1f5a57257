"""What may identify a row of a table, by its last commit and its zone."""

from __future__ import annotations

from collections.abc import Iterator

from lake_assets.model import PROVENANCE, Zone
from lake_assets.storage.table import Table
from lake_assets.zones.note import KEY

__all__ = ["identifying"]

_OF_GOVERNANCE = {
    "processed_files": ("file_id",),
    "runs": ("zone", "table", "version"),
    "decisions": ("decision_id",),
}


def identifying(table: Table) -> Iterator[tuple[str, ...]]:
    """Columns that may identify a row, the best first; whether they do is for the reader to find out.

    Args:
        table: At the version that is asked about.
    """
    note = table.last_note() if table.ref.zone in {Zone.TRUSTED, Zone.EXPLOITATION} else None
    if note is not None and note.content.get(KEY):
        yield tuple(note.content[KEY])
    if table.ref.zone is Zone.GOVERNANCE:
        yield _OF_GOVERNANCE.get(table.ref.name, ())
    if table.ref.zone is Zone.QUARANTINE:
        yield (*PROVENANCE, "stage")
    yield PROVENANCE
