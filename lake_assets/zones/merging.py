"""How accepted rows enter a trusted table, by its write mode."""

from __future__ import annotations

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, WriteMode
from lake_assets.storage.data_files import DataFile, discard
from lake_assets.storage.upsert import paths_holding, plan_rewrite, plan_upsert
from lake_assets.zones.contents import aligned
from lake_assets.zones.history import enter_history, with_validity
from lake_assets.zones.scene import Entry, Scene
from lake_assets.zones.snapshots import Presence, enter_snapshot, with_deletion

__all__ = ["as_entering", "enter", "rank"]

_NEW = "\0new"


def as_entering(dataset: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with the columns that their write mode adds."""
    match dataset.write_mode:
        case WriteMode.SCD2:
            return with_validity(dataset, rows)
        case WriteMode.SNAPSHOT:
            return with_deletion(dataset, rows)
        case _:
            return rows


def rank(dataset: Dataset) -> list[str]:
    """The columns by which the latest row of a key is told; a null is before all others."""
    return [*([dataset.order_by] if dataset.order_by else []), *PROVENANCE]


def enter(scene: Scene, staged: list[DataFile], presence: Presence) -> Entry:
    """Work out how staged rows enter the table, and write what has to be written.

    Args:
        scene: The scene.
        staged: Files of the accepted rows as they enter; where they are merged by key, no key twice.
        presence: What else the batch has, for a snapshot.
    """
    table, rows = scene.table, sum(file.rows for file in staged)
    match scene.dataset.write_mode:
        case WriteMode.SNAPSHOT:
            return enter_snapshot(scene, staged, presence)
        case _ if not staged:
            return Entry()
        case WriteMode.SCD2:
            return enter_history(scene, staged)
        case WriteMode.REPLACE if table is not None:
            old = table.files["path"].to_list() if table.files.height else []
            return Entry(staged, old, rows, table.row_count)
        case WriteMode.UPSERT if table is not None:
            return _upsert(scene, staged)
        case _:
            return Entry(staged, entered=rows)


def _upsert(scene: Scene, staged: list[DataFile]) -> Entry:
    table, rows = scene.table, sum(file.rows for file in staged)
    if table is None:
        return Entry(staged, entered=rows)
    late = _overtaken(scene, staged) if scene.dataset.order_by else None
    if late is None or late.is_empty():
        planned = plan_upsert(table, staged, scene.key)
        return Entry(planned.adds, planned.removes, rows, planned.replaced_rows)
    entering = scene.scan(staged).join(late.lazy(), on=scene.key, how="anti")
    planned = plan_rewrite(table, entering.select(scene.key), entering)
    discard(scene.root, scene.ref, staged)
    return Entry(planned.adds, planned.removes, rows - late.height, planned.replaced_rows)


def _overtaken(scene: Scene, staged: list[DataFile]) -> pl.DataFrame:
    """The keys of which the table holds a later row than the staged one."""
    table, new = scene.table, scene.scan(staged).select(*scene.key, *rank(scene.dataset))
    paths = paths_holding(table, new.select(scene.key)) if table else []
    if table is None or not paths:
        return pl.DataFrame()
    held = aligned(table.scan_files(paths), new.collect_schema())
    there = held.join(new.select(scene.key), on=scene.key, how="semi")
    both = pl.concat(
        [there.with_columns(pl.lit(False).alias(_NEW)), new.with_columns(pl.lit(True).alias(_NEW))]
    )
    latest = (
        both.collect(engine="streaming")
        .sort(rank(scene.dataset))
        .unique(scene.key, keep="last", maintain_order=True)
    )
    return latest.filter(~pl.col(_NEW)).select(scene.key)
