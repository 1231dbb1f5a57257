"""Records of landed files, read once more from the bytes that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from lake_assets.errors import LakeError
from lake_assets.formats import ROW, quoted_record
from lake_assets.model import Dataset, LandedFile, Zone
from lake_assets.tracing.steps import LandedRecord
from lake_assets.tracing.world import HIDDEN, World
from lake_assets.zones.decoding import open_files
from lake_assets.zones.opened import UNREADABLE, Doubts, Opened
from lake_assets.zones.pinned_mapping import mapping_in_force

__all__ = ["landed_records"]

_MOST_BYTES = 256 << 20
_TOO_LARGE = "the file is too large to be read for one record; its bytes are kept under its path"
_ERASED = "its bytes were taken away to erase a person"
_PERSONAL = "the dataset has personal columns"

Decisions = Mapping[int, Mapping[str, object]]
"""How files were read, by their ids."""


def landed_records(
    world: World, dataset: Dataset, places: Iterable[tuple[int, int]], decisions: Decisions
) -> dict[tuple[int, int], LandedRecord]:
    """The records at some places, with the files they stand in.

    Args:
        world: The lake.
        dataset: Whose files they are.
        places: File id and record number of each; the number is 0 for a file as a whole.
        decisions: How the files were read when they were formatted.

    Returns:
        By place; a file that the registry does not know is left out.
    """
    rows: dict[int, list[int]] = {}
    for file_id, row in places:
        rows.setdefault(file_id, []).append(row)
    found: dict[tuple[int, int], LandedRecord] = {}
    for file_id, file in world.landed(rows).items():
        decision = decisions.get(file_id, {})
        for each in _of_file(world, dataset, file, sorted(set(rows[file_id])), decision):
            found[file_id, each.row] = each
    return found


def _of_file(
    world: World, dataset: Dataset, file: LandedFile, rows: Sequence[int], decision: Mapping[str, object]
) -> list[LandedRecord]:
    bare = [_bare(world, file, row) for row in rows]
    if not file.path:
        return [replace(each, not_shown=_ERASED) for each in bare]
    if file.size_bytes > _MOST_BYTES:
        return [replace(each, not_shown=_TOO_LARGE) for each in bare]
    try:
        opened, why = _opened(world, dataset, file, decision)
        if opened is None:
            return [replace(each, not_shown=why) for each in bare]
        records = _records(opened, rows)
    except (LakeError, OSError, *UNREADABLE) as error:
        return [replace(each, not_shown=str(error)) for each in bare]
    hidden = world.hidden(dataset.table(Zone.FORMATTED))
    shown = _shown(world, dataset, opened, hidden)
    raw = {bad.row: bad.raw for bad in opened.decoded.bad_records}
    return [_told(world, dataset, each, records.get(each.row), raw, shown, opened) for each in bare]


def _bare(world: World, file: LandedFile, row: int) -> LandedRecord:
    sources = {each.name: each.connector for each in world.declarations.sources}
    return LandedRecord(
        file_id=file.file_id,
        row=row,
        name=file.name,
        path=file.path,
        source=file.source,
        connector=sources.get(file.source, ""),
        dataset=file.dataset,
        origin=file.origin,
        ingested_at=file.ingested_at,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        run_id=file.run_id,
    )


def _opened(
    world: World, dataset: Dataset, file: LandedFile, decision: Mapping[str, object]
) -> tuple[Opened | None, str]:
    """The file as it was read then: with care, where it was."""
    doubts = Doubts({file.file_id} if decision.get("path") == "careful" else set())
    mapping = mapping_in_force(dataset, world.table(dataset.table(Zone.FORMATTED)))
    opening = open_files(world.root, dataset, mapping, [file], doubts)
    found = next(iter([*opening.opened, *opening.unfit]), None)
    return found, next((each.reason for each in opening.refused if each.row == 0), "")


def _records(opened: Opened, rows: Sequence[int]) -> dict[int, dict[str, object]]:
    frame = opened.decoded.frame.filter(pl.col(ROW).is_in(list(rows))).head(len(rows))
    found = frame.collect(engine="streaming")
    return {row[ROW]: {name: row[name] for name in opened.elements} for row in found.iter_rows(named=True)}


def _shown(world: World, dataset: Dataset, opened: Opened, hidden: set[str]) -> set[str]:
    """The elements whose values may be shown: where a column is personal, an element that nobody mapped is not."""
    if not hidden:
        return set(opened.elements)
    mapping = mapping_in_force(dataset, world.table(dataset.table(Zone.FORMATTED)))
    named = {column.name_in(opened.elements) for column in mapping.columns if column.name not in hidden}
    return {name for name in named if name}


def _told(
    world: World,
    dataset: Dataset,
    bare: LandedRecord,
    record: dict[str, object] | None,
    raw: Mapping[int, str],
    shown: set[str],
    opened: Opened,
) -> LandedRecord:
    is_open = shown >= opened.elements.keys()
    if record is None:
        if bare.row == 0:
            return bare
        return replace(bare, text=raw.get(bare.row, "")) if is_open else replace(bare, not_shown=_PERSONAL)
    elements = {name: value if name in shown or value is None else HIDDEN for name, value in record.items()}
    if not is_open:
        return replace(bare, elements=elements, not_shown=_PERSONAL)
    text = quoted_record(
        dataset.format,
        opened.file,
        world.root.locate(opened.file.path),
        world.root.storage_options,
        bare.row,
        [
            str(value)
            for value in record.values()
            if isinstance(value, str | int) and value not in {True, False}
        ],
        opened.decoded.decision,
    )
    return replace(bare, elements=elements, text=text)
