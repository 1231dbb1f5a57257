"""Rows of a person out of Delta tables, and the words that stand for the person out of all other cells."""

from __future__ import annotations

from typing import Any

import polars as pl

from lake_assets.erasure.places import as_records
from lake_assets.erasure.words import Words
from lake_assets.model import PROVENANCE, Dataset, TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.upsert import plan_rewrite
from lake_assets.zones.cleaned import CLEANING
from lake_assets.zones.note import CHANGES_OLDER, KEY, WRITE_MODE

__all__ = ["all_tables", "count_held", "count_rows", "delete_rows", "mask_cells"]

_FILE = PROVENANCE[0]
_STANDS = ("verdicts", WRITE_MODE, KEY, CLEANING)
"""What a commit of a trusted or exploitation table says that holds until another one says otherwise."""


def all_tables(root: LakeRoot) -> list[TableRef]:
    """Every table that is under the root, declared or not."""
    zones = [zone for zone in Zone if zone.holds_tables]
    return [TableRef(zone, name) for zone in zones for name in sorted(root.files.folders(zone.value))]


def count_rows(root: LakeRoot, dataset: Dataset, zone: Zone, records: pl.DataFrame) -> int:
    """How many rows of a table are of some records.

    Args:
        root: The lake.
        dataset: The dataset or child table.
        zone: Of its table.
        records: File and number of each record.
    """
    table = find_table(root, dataset.table(zone))
    return _rows_of(table, dataset, records).height if table else 0


def _rows_of(table: Table, dataset: Dataset, records: pl.DataFrame) -> pl.DataFrame:
    """Places of the rows of a table that are of some records; those of a child table have numbers of their own."""
    near = table.scan().filter(pl.col(_FILE).is_in(records[_FILE].unique().to_list())).select(PROVENANCE)
    there = near.collect(engine="streaming")
    mine = (
        as_records(dataset, there.lazy())
        .with_row_index()
        .join(records.lazy(), on=list(PROVENANCE), how="semi")
    )
    return there[mine.select("index").collect().to_series()]


def delete_rows(
    root: LakeRoot, dataset: Dataset, zone: Zone, records: pl.DataFrame, note: dict[str, object]
) -> int:
    """Delete the rows of some records from a table.

    Args:
        root: The lake.
        dataset: The dataset or child table.
        zone: Of its table.
        records: File and number of each record.
        note: What the commit says of itself: the erasure, not the person.

    Returns:
        How many rows were deleted.
    """
    deleted = [0]

    def decide(table: Table | None) -> Change | None:
        gone = _rows_of(table, dataset, records) if table else records.clear()
        deleted[0] = gone.height
        if table is None or gone.is_empty():
            return None
        planned = plan_rewrite(table, gone.lazy().unique(), table.scan().clear())
        said = {**note, **_standing(table), CHANGES_OLDER: True}
        return Change(table.schema, planned.adds, planned.removes, note=said)

    commit(root, dataset.table(zone), decide)
    return deleted[0]


def _standing(table: Table) -> dict[str, Any]:
    note = table.last_note()
    return {name: note.content[name] for name in _STANDS if name in note.content} if note else {}


def count_held(root: LakeRoot, ref: TableRef, words: Words) -> int:
    """How many rows of a table hold one of the words."""
    table = find_table(root, ref)
    if table is None or not words:
        return 0
    held = table.scan().filter(_holds(table, words)).select(pl.len())
    return int(held.collect(engine="streaming").item())


def mask_cells(root: LakeRoot, ref: TableRef, words: Words, note: dict[str, object]) -> int:
    """Overwrite the words in every cell of a table, in the files that hold one.

    Args:
        root: The lake.
        ref: The table.
        words: What is overwritten.
        note: What the commit says of itself.

    Returns:
        In how many rows.
    """
    masked = [0]

    def decide(table: Table | None) -> Change | None:
        masked[0] = 0
        if table is None or not words or not table.files.height:
            return None
        held = {path: _held(table, path, words) for path in table.files["path"]}
        paths = [path for path, rows in held.items() if rows]
        if not paths:
            return None
        masked[0] = sum(held.values())
        over = [words.over(pl.col(name), kind).alias(name) for name, kind in table.schema.items()]
        files = write_data_files(root, ref, table.scan_files(paths).with_columns(over))
        said = {**note, **_standing(table), CHANGES_OLDER: True}
        return Change(table.schema, files, paths, note=said)

    commit(root, ref, decide)
    return masked[0]


def _held(table: Table, path: str, words: Words) -> int:
    found = table.scan_files([path]).filter(_holds(table, words)).select(pl.len())
    return int(found.collect(engine="streaming").item())


def _holds(table: Table, words: Words) -> pl.Expr:
    cells = [words.within(pl.col(name), kind) for name, kind in table.schema.items()]
    return pl.any_horizontal(pl.lit(value=False), *cells)
