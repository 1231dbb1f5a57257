"""Snapshots: each file is the whole truth at its time, so what it no longer has is deleted.

Only a snapshot that is known to be whole deletes. One with a record that could not be read, or a row without a key, may
lack a key in truth or only here; and a row that was set aside is there, so the one before it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.governance.file_ids import landed_at
from lake_assets.governance.processed_files import landed_after
from lake_assets.model import PROVENANCE, Dataset, Deletions, Zone
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.upsert import paths_holding, plan_rewrite
from lake_assets.zones.contents import aligned, differs, is_like_next
from lake_assets.zones.quarantine import open_rows
from lake_assets.zones.scene import Entry, Scene

__all__ = ["DELETED_AT", "Presence", "deleting_files", "enter_snapshot", "surviving", "with_deletion"]

DELETED_AT = "deleted_at"
"""When the first snapshot without the row was ingested; null while the row is there."""

_FILE = PROVENANCE[0]
_OTHER = "\0other"


@dataclass(frozen=True)
class Presence:
    """What of a snapshot did not enter the table, and what that means.

    Args:
        file: The snapshot.
        aside: The keys of its rows that were set aside.
        is_whole: Whether a key that it does not have is gone.
    """

    file: int
    aside: pl.LazyFrame
    is_whole: bool


def with_deletion(dataset: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows as they enter: with a column for the time of their deletion, where deletions are marked."""
    if dataset.deletions is Deletions.REMOVE:
        return rows
    return rows.with_columns(pl.lit(None, pl.Datetime("us", "UTC")).alias(DELETED_AT))


def enter_snapshot(scene: Scene, staged: Sequence[DataFile], presence: Presence) -> Entry:
    """Work out how the staged rows of a snapshot enter a table, no key among them twice.

    Rows that say what the table says already are not written.
    """
    table, key = scene.table, scene.key
    if table is None:
        return Entry(staged, entered=sum(file.rows for file in staged))
    fresh = [written for file in staged for written in _changed(scene, file)]
    missing = _missing(scene, staged, presence) if presence.is_whole else pl.DataFrame(schema=_keys(scene))
    if not fresh and missing.is_empty():
        discard(scene.root, scene.ref, staged)
        return Entry()
    marked = _marked(scene, missing, presence.file)
    like = aligned(table.scan().clear(), table.schema)
    gone = pl.concat([scene.scan(fresh, like).select(key), missing.lazy()])
    entering = pl.concat([scene.scan(fresh, like), marked], how="diagonal")
    planned = plan_rewrite(table, gone, entering)
    discard(scene.root, scene.ref, [*staged, *fresh])
    entered, deleted = sum(file.rows for file in fresh), missing.height
    replaced = planned.replaced_rows - deleted
    return Entry(planned.adds, planned.removes, entered, replaced, bool(deleted), deleted)


def _keys(scene: Scene) -> pl.Schema:
    schema = scene.table.schema if scene.table else scene.formatted.schema
    return pl.Schema({name: schema[name] for name in scene.key})


def _is_there(scene: Scene) -> pl.Expr:
    has_marks = scene.table is not None and DELETED_AT in scene.table.schema
    is_marked = scene.dataset.deletions is Deletions.MARK and has_marks
    return pl.col(DELETED_AT).is_null() if is_marked else pl.lit(value=True)


def _changed(scene: Scene, file: DataFile) -> list[DataFile]:
    """The rows of a staged file that the table does not have as they are, written."""
    rows, table, key = scene.scan([file]), scene.table, scene.key
    paths = paths_holding(table, rows.select(key)) if table else []
    if table is None or not paths:
        return write_data_files(scene.root, scene.ref, rows)
    schema = rows.collect_schema()
    held = aligned(table.scan_files(paths).filter(_is_there(scene)), schema)
    both = rows.join(held, on=key, how="inner", suffix=_OTHER)
    beside = {*key, DELETED_AT}
    same = both.filter(~differs(schema.names(), beside, _OTHER)).select(PROVENANCE)
    return write_data_files(scene.root, scene.ref, rows.join(same, on=list(PROVENANCE), how="anti"))


def _missing(scene: Scene, staged: Sequence[DataFile], presence: Presence) -> pl.DataFrame:
    """The keys that the table has and the snapshot has not."""
    if scene.table is None:
        return pl.DataFrame(schema=_keys(scene))
    there = scene.table.scan().filter(_is_there(scene)).select(scene.key)
    here = pl.concat([scene.scan([file]).select(scene.key) for file in staged] + [presence.aside])
    return there.join(here, on=scene.key, how="anti").collect(engine="streaming")


def _marked(scene: Scene, missing: pl.DataFrame, file: int) -> pl.LazyFrame:
    """The deleted rows as they stay in the table; none where they leave it."""
    table = scene.table
    if table is None or missing.is_empty() or scene.dataset.deletions is Deletions.REMOVE:
        return pl.LazyFrame(schema=table.schema if table else {})
    rows = table.scan_files(paths_holding(table, missing.lazy()))
    gone = rows.join(missing.lazy(), on=scene.key, how="semi")
    return gone.with_columns(landed_at(pl.lit(file, pl.Int64)).alias(DELETED_AT))


def deleting_files(scene: Scene, aside: pl.LazyFrame) -> pl.Series:
    """Ids of the snapshots taken in that are whole, in order.

    Args:
        scene: The scene.
        aside: Rows of formatted, with their key, that are set aside in trusted.
    """
    taken = scene.formatted.scan().filter(pl.col(_FILE) <= scene.consumed).select(pl.col(_FILE).unique())
    files = set(taken.collect(engine="streaming").to_series())
    if scene.dataset.empty_deletes:
        files |= {file.file_id for file in landed_after(scene.root, scene.dataset, 0)}
    lacking_key = pl.any_horizontal(pl.col(name).is_null() for name in scene.key)
    doubtful = aside.filter(lacking_key).select(pl.col(_FILE).unique()).collect()
    unread = open_rows(scene.quarantine(), Zone.FORMATTED).select(pl.col(_FILE).unique()).collect()
    files -= {*doubtful.to_series(), *unread.to_series()}
    return pl.Series(sorted(file for file in files if file <= scene.consumed), dtype=pl.Int64)


def surviving(dataset: Dataset, rows: pl.DataFrame, aside: pl.DataFrame, deleting: pl.Series) -> pl.DataFrame:
    """What is in the table of some keys after all snapshots.

    Args:
        dataset: The dataset.
        rows: All accepted rows of the keys.
        aside: Key and file of their rows that are set aside.
        deleting: Ids of the snapshots that are whole, in order.
    """
    key = list(dataset.key)
    latest = rows.sort(*key, *PROVENANCE).filter(~is_like_next([*key, _FILE]))
    only_aside = aside.select(*key, _FILE).unique().join(latest, on=[*key, _FILE], how="anti")
    events = pl.concat(
        [latest.with_columns(_accepted=True), only_aside.with_columns(_accepted=False)], how="diagonal"
    )
    marked = _with_gaps(key, events.sort(*key, _FILE), deleting)
    standing = marked.filter(pl.col("_accepted")).drop("_accepted")
    says_the_same = ~pl.any_horizontal(
        pl.lit(value=False),
        *(
            pl.col(name).ne_missing(pl.col(name).shift())
            for name in rows.columns
            if name not in {*key, *PROVENANCE, DELETED_AT}
        ),
    )
    goes_on = is_like_next(key, step=-1) & says_the_same & pl.col("_gone").shift().is_null()
    last = standing.filter(~is_like_next(key)).select(*key, "_gone")
    starts = standing.filter(~goes_on).drop("_gone").filter(~is_like_next(key))
    found = starts.join(last, on=key, how="left", maintain_order="left")
    if dataset.deletions is Deletions.REMOVE:
        return found.filter(pl.col("_gone").is_null()).drop("_gone")
    return found.with_columns(landed_at(pl.col("_gone")).alias(DELETED_AT)).drop("_gone")


def _with_gaps(key: list[str], events: pl.DataFrame, deleting: pl.Series) -> pl.DataFrame:
    """Each accepted row with the first snapshot that deleted it before the next accepted one, as `_gone`."""
    upto = deleting.search_sorted(events[_FILE], side="right")
    before = deleting.search_sorted(events[_FILE], side="left")
    counted = events.with_columns(upto.alias("_upto").cast(pl.Int64), before.alias("_before").cast(pl.Int64))
    until = pl.when(is_like_next(key)).then(pl.col("_before").shift(-1)).otherwise(deleting.len())
    ids = pl.concat([deleting, pl.Series([None], dtype=pl.Int64)])
    with_first = counted.with_columns(_until=until).with_columns(
        _first=pl.Series(ids.gather(counted["_upto"]))
    )
    gaps = with_first.with_columns(
        _gone=pl.when(pl.col("_until") > pl.col("_upto")).then(pl.col("_first")),
        _part=pl.col("_accepted").cum_sum(),
    )
    firsts = pl.col("_gone").drop_nulls().first().over(*key, "_part")
    return gaps.with_columns(_gone=firsts).drop("_upto", "_before", "_until", "_first", "_part")
