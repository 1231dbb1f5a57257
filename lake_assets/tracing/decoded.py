"""How records became rows of the formatted zone: by which commit, which mapping, and how their file was read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lake_assets.model import Dataset, Zone
from lake_assets.storage.table import Table
from lake_assets.tracing.steps import Decoding, LandedRecord, MappedColumn
from lake_assets.tracing.world import World, masked
from lake_assets.zones.decoded_by import AGAIN, DECODED_BY, LANDING, decoded_by
from lake_assets.zones.pinned_mapping import mapping_in_force
from lake_assets.zones.retake import MENDED

__all__ = ["FileCommit", "commits_of_files", "decoding_of"]

_DECISIONS = "decisions"


@dataclass(frozen=True)
class FileCommit:
    """By which commits a landed file was decoded.

    Args:
        first: The version that took it in; None when none has yet.
        last: The version that decoded it last.
        decision: How it was read.
    """

    first: int | None
    last: int | None
    decision: dict[str, object]


def commits_of_files(
    world: World, formatted: Table | None, file_ids: Collection[int]
) -> dict[int, FileCommit]:
    """By which commits of a formatted table some files were decoded."""
    if formatted is None:
        return {}
    return {file_id: _commit_of(world, formatted, file_id) for file_id in file_ids}


def _commit_of(world: World, formatted: Table, file_id: int) -> FileCommit:
    commits = world.commits(formatted)
    first = commits.first_reaching(LANDING, file_id)
    if first is None:
        return FileCommit(None, None, {})
    decision = commits.note(first).get(_DECISIONS, {}).get(str(file_id), {})
    again = commits.newest_first(first + 1) if commits.has_announced(MENDED) else ()
    last = next((version for version, note in again if file_id in note.get(AGAIN, ())), first)
    return FileCommit(first, last, decision)


def decoding_of(
    world: World,
    dataset: Dataset,
    row: dict[str, object],
    by: FileCommit | None,
    record: LandedRecord | None,
) -> Decoding:
    """How a row of the formatted zone was decoded.

    Args:
        world: The lake.
        dataset: The dataset.
        row: The row as the table has it.
        by: The commits of its file.
        record: Its record.
    """
    ref = dataset.table(Zone.FORMATTED)
    formatted = world.table(ref)
    version = by.last if by else None
    note = world.commits(formatted).note(version) if formatted and version is not None else {}
    return Decoding(
        commit=world.commits(formatted).facts(version) if formatted else None,
        row=masked(row, world.hidden(ref)),
        mapping=_mapping(dataset, formatted, record),
        is_as_declared=note[DECODED_BY] == decoded_by(dataset) if DECODED_BY in note else None,
        decision=dict(by.decision) if by else {},
    )


def _mapping(
    dataset: Dataset, formatted: Table | None, record: LandedRecord | None
) -> tuple[MappedColumn, ...]:
    elements = record.elements if record else {}
    columns = mapping_in_force(dataset, formatted).columns
    return tuple(
        MappedColumn(
            column.name, column.name_in(elements) or column.source_name, column.kind.value, column.layout
        )
        for column in columns
    )
