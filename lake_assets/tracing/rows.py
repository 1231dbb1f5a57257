"""Rows of formatted, trusted and quarantine traced to their records, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, TableRef, Zone
from lake_assets.storage.places import rows_with
from lake_assets.storage.table import Table
from lake_assets.tracing.aside import Place, set_aside_at
from lake_assets.tracing.decoded import FileCommit, commits_of_files, decoding_of
from lake_assets.tracing.judged import Judged, judging_of
from lake_assets.tracing.records import landed_records
from lake_assets.tracing.results import RowTrace
from lake_assets.tracing.steps import Judging, LandedRecord, SetAside
from lake_assets.tracing.world import World, masked
from lake_assets.zones.elements import elements_of, has_elements, record_of

__all__ = ["trace_rows"]

_FILE, _ROW = PROVENANCE
_Row = Mapping[str, object]


@dataclass(frozen=True)
class _Looked:
    """What was looked up of the records that some rows come from.

    Args:
        formatted: Rows of the formatted table, frames of one row.
        commits: By which commits their files were decoded.
        records: The records themselves.
        aside: What the quarantine of the dataset says of them.
    """

    formatted: Mapping[Place, pl.DataFrame] = field(default_factory=dict)
    commits: Mapping[int, FileCommit] = field(default_factory=dict)
    records: Mapping[Place, LandedRecord] = field(default_factory=dict)
    aside: Mapping[Place, tuple[SetAside, ...]] = field(default_factory=dict)


def trace_rows(world: World, table: Table, rows: pl.DataFrame) -> list[RowTrace]:
    """Trace rows of a table of formatted, trusted or quarantine, in their order.

    Args:
        world: The lake.
        table: The table.
        rows: Rows of it.
    """
    hidden = world.hidden(table.ref)
    dataset = world.dataset(table.ref.name)
    bare = [
        RowTrace(str(table.ref), table.version, masked(row, hidden)) for row in rows.iter_rows(named=True)
    ]
    if dataset is None:
        told = f"the dataset {table.ref.name} is not declared any more: its records cannot be read"
        return [RowTrace(each.table, each.version, each.row, problems=(told,)) for each in bare]
    whole = world.dataset(dataset.parent) if dataset.parent else dataset
    places = [(int(row[_FILE]), int(row[_ROW])) for row in rows.iter_rows(named=True)]
    origins = {place: _record_of(dataset, place) for place in places}
    looked = _look(world, whole or dataset, origins.values())
    own = set_aside_at(world, dataset, places) if dataset.parent else looked.aside
    judging = _judging(world, table, dataset, rows, looked, own)
    return [
        _trace(world, whole or dataset, trace, origins[place], place, judged, looked, own)
        for trace, place, judged in zip(bare, places, judging, strict=True)
    ]


def _record_of(dataset: Dataset, place: Place) -> Place:
    """The place of the record that a row comes from: of an element, that of the record with its list."""
    return (place[0], record_of(place[1])) if dataset.parent else place


def _look(world: World, dataset: Dataset, places: Iterable[Place]) -> _Looked:
    wanted = set(places)
    formatted = world.table(dataset.table(Zone.FORMATTED))
    files = {file_id for file_id, _ in wanted}
    commits = commits_of_files(world, formatted, files)
    decisions = {file_id: by.decision for file_id, by in commits.items()}
    return _Looked(
        formatted=_at(formatted, wanted) if formatted else {},
        commits=commits,
        records=landed_records(world, dataset, wanted, decisions),
        aside=set_aside_at(world, dataset, wanted | {(file_id, 0) for file_id in files}),
    )


def _at(table: Table, places: set[Place]) -> dict[Place, pl.DataFrame]:
    """Rows of a table at some places, each a frame of one row."""
    if not places:
        return {}
    numbers = sorted({row for _, row in places})
    near = rows_with(table, _FILE, {file_id for file_id, _ in places}).filter(pl.col(_ROW).is_in(numbers))
    found = near.collect(engine="streaming")
    each = {(row[_FILE], row[_ROW]): index for index, row in enumerate(found.iter_rows(named=True))}
    return {place: found[index] for place, index in each.items() if place in places}


def _judging(
    world: World,
    table: Table,
    dataset: Dataset,
    rows: pl.DataFrame,
    looked: _Looked,
    own: Mapping[Place, tuple[SetAside, ...]],
) -> list[Judging | None]:
    if table.ref.zone is Zone.FORMATTED:
        return [None] * rows.height
    is_trusted = table.ref.zone is Zone.TRUSTED
    chosen = [
        _judged(world, dataset, row, looked, own, stands=is_trusted) for row in rows.iter_rows(named=True)
    ]
    # A record that could not be read has never been judged.
    stages = (
        rows["stage"].to_list()
        if "stage" in rows.columns and not is_trusted
        else [Zone.TRUSTED] * rows.height
    )
    judged = judging_of(world, dataset, chosen)
    return [each if stage == Zone.TRUSTED else None for each, stage in zip(judged, stages, strict=True)]


def _judged(
    world: World,
    dataset: Dataset,
    row: _Row,
    looked: _Looked,
    own: Mapping[Place, tuple[SetAside, ...]],
    *,
    stands: bool,
) -> Judged:
    place = (int(str(row[_FILE])), int(str(row[_ROW])))
    origin = _record_of(dataset, place)
    before = looked.formatted.get(origin, pl.DataFrame())
    history = [each for each in looked.aside.get(origin, ()) if each.stage == Zone.FORMATTED]
    return Judged(
        place=place,
        before=_element(world, dataset, origin, place) if dataset.parent else before,
        standing=row if stands else {},
        aside=[each for each in own.get(place, ()) if each.stage == Zone.TRUSTED],
        decoded_again=[each.readmitted_by for each in history if each.readmitted_at],
    )


def _element(world: World, child: Dataset, origin: Place, place: Place) -> pl.DataFrame:
    """The element that a row of a child table was made of; empty when the parent has its record no more."""
    parent = world.table(TableRef(Zone.TRUSTED, child.parent))
    if parent is None or not has_elements(parent, child):
        return pl.DataFrame()
    near = rows_with(parent, _FILE, {origin[0]}).filter(pl.col(_ROW) == origin[1])
    return elements_of(near, child).filter(pl.col(_ROW) == place[1]).collect(engine="streaming")


def _trace(  # noqa: PLR0913, PLR0917 - one row beside all that was looked up
    world: World,
    dataset: Dataset,
    bare: RowTrace,
    origin: Place,
    place: Place,
    judging: Judging | None,
    looked: _Looked,
    own: Mapping[Place, tuple[SetAside, ...]],
) -> RowTrace:
    found, record = looked.formatted.get(origin), looked.records.get(origin)
    by = looked.commits.get(origin[0])
    decoding = (
        decoding_of(world, dataset, found.row(0, named=True), by, record) if found is not None else None
    )
    of_file = looked.aside.get((origin[0], 0), ())
    aside = (*own.get(place, ()), *(each for each in of_file if place != (origin[0], 0)))
    return RowTrace(
        bare.table,
        bare.version,
        bare.row,
        judging=judging,
        decoding=decoding,
        record=record,
        set_aside=aside,
        problems=tuple(_problems(decoding is None and not aside, record is None)),
    )


def _problems(*is_lacking: bool) -> Sequence[str]:
    texts = (
        "the formatted zone has no such record any more",
        "the registry of processed files has no such file",
    )
    return [text for text, lacks in zip(texts, is_lacking, strict=True) if lacks]
