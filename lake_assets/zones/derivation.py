"""What a trusted table holds, worked out from all rows that were accepted: by key, or whole."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE, WriteMode
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.upsert import plan_rewrite
from lake_assets.zones.batch import batch_of
from lake_assets.zones.history import VALIDITY, versions, with_validity
from lake_assets.zones.merging import as_entering, rank
from lake_assets.zones.scene import Entry, Scene, shares
from lake_assets.zones.snapshots import deleting_files, surviving, with_deletion

__all__ = ["Again", "as_if_never_wrong", "is_of_another_shape"]

_FILE = PROVENANCE[0]
_BY_PLACE = list(PROVENANCE)


@dataclass(frozen=True)
class Again:
    """What was judged again.

    Args:
        passing: The rows that keep the rules; read more than once.
        places: Their places.
        mended: Places of rows that were decoded anew, or are no more.
        aside: Places of all rows that are set aside from now on.
        is_whole: Whether all rows of the table are made anew.
    """

    passing: pl.LazyFrame
    places: pl.DataFrame
    mended: pl.DataFrame
    aside: pl.DataFrame
    is_whole: bool


def is_of_another_shape(scene: Scene) -> bool:
    """Whether rows as they enter now do not fit the table: a type changed, or rows became versions."""
    if scene.table is None:
        return False
    known = scene.table.schema
    rows = batch_of(scene.dataset, scene.formatted, scene.formatted.scan())
    wanted = as_entering(scene.dataset, rows).collect_schema()
    is_history = scene.dataset.write_mode is WriteMode.SCD2
    lacks_validity = is_history and not set(VALIDITY) <= set(known)
    return lacks_validity or any(known.get(name, kind) != kind for name, kind in wanted.items())


def as_if_never_wrong(scene: Scene, again: Again) -> Entry:
    """Work out the table as it would be had the rows always been as they are now, and write what has to be written."""
    accepted = scene.accepted(again.aside.lazy())
    match scene.dataset.write_mode:
        case WriteMode.APPEND:
            return _appended(scene, again, accepted)
        case WriteMode.REPLACE:
            return _newest(scene, again, accepted)
        case _:
            return _by_key(scene, again, accepted)


def _appended(scene: Scene, again: Again, accepted: pl.LazyFrame) -> Entry:
    if again.is_whole or scene.table is None:
        return _whole(scene, again, write_data_files(scene.root, scene.ref, accepted))
    planned = plan_rewrite(scene.table, again.mended.lazy(), again.passing)
    return Entry(planned.adds, planned.removes, again.places.height, planned.replaced_rows)


def _newest(scene: Scene, again: Again, accepted: pl.LazyFrame) -> Entry:
    """The rows of the newest file of which a row was accepted."""
    newest = accepted.select(pl.col(_FILE).max()).collect(engine="streaming").item()
    touched = {*again.places[_FILE].unique(), *again.mended[_FILE].unique()}
    held = scene.table.scan().select(pl.col(_FILE).max()).collect().item() if scene.table else None
    if newest == held and newest not in touched and not again.is_whole:
        return Entry()
    rows = accepted.filter(pl.col(_FILE) == newest)
    return _whole(scene, again, write_data_files(scene.root, scene.ref, rows))


def _by_key(scene: Scene, again: Again, accepted: pl.LazyFrame) -> Entry:
    key = scene.key
    is_snapshot = scene.dataset.write_mode is WriteMode.SNAPSHOT
    # A snapshot that is whole only now deletes rows of any key.
    is_whole = again.is_whole or scene.table is None or (is_snapshot and not again.mended.is_empty())
    keys = accepted.select(key).unique().collect(engine="streaming") if is_whole else _keys(scene, again)
    keys = keys.drop_nulls()
    files = _derived(scene, again, accepted, keys)
    if is_whole or scene.table is None:
        return _whole(scene, again, files)
    entered, rows = _standing(scene, again, files), sum(file.rows for file in files)
    entering = scene.scan(files, as_entering(scene.dataset, accepted))
    planned = plan_rewrite(scene.table, keys.lazy(), entering)
    discard(scene.root, scene.ref, files)
    return Entry(planned.adds, planned.removes, entered, planned.replaced_rows - (rows - entered))


def _keys(scene: Scene, again: Again) -> pl.DataFrame:
    """The keys of the rows that were judged again, as they are and as the table has them."""
    here = again.passing.select(scene.key).unique().collect(engine="streaming")
    if scene.table is None or again.mended.is_empty():
        return here
    near = pl.col(_FILE).is_between(again.mended[_FILE].min(), again.mended[_FILE].max())
    there = scene.table.scan().filter(near).join(again.mended.lazy(), on=_BY_PLACE, how="semi")
    return pl.concat([here, there.select(scene.key).collect(engine="streaming")]).unique()


def _derived(scene: Scene, again: Again, accepted: pl.LazyFrame, keys: pl.DataFrame) -> list[DataFile]:
    """Files of what the table holds of some keys."""
    is_snapshot = scene.dataset.write_mode is WriteMode.SNAPSHOT
    taken = scene.formatted.scan().filter(pl.col(_FILE) <= scene.consumed)
    aside = taken.join(again.aside.lazy(), on=_BY_PLACE, how="semi")
    aside = batch_of(scene.dataset, scene.formatted, aside).select(*scene.key, _FILE)
    deleting = deleting_files(scene, aside) if is_snapshot else pl.Series(dtype=pl.Int64)
    files: list[DataFile] = []
    for share in shares(keys):
        mine = share.lazy()
        rows = accepted.join(mine, on=scene.key, how="semi")
        near = aside.join(mine, on=scene.key, how="semi")
        files += write_data_files(scene.root, scene.ref, _held(scene, rows, near, deleting).lazy())
    return files


def _held(scene: Scene, rows: pl.LazyFrame, aside: pl.LazyFrame, deleting: pl.Series) -> pl.DataFrame:
    dataset = scene.dataset
    match dataset.write_mode:
        case WriteMode.SCD2:
            return versions(dataset, with_validity(dataset, rows).collect(engine="streaming"))
        case WriteMode.SNAPSHOT:
            found = with_deletion(dataset, rows).collect(engine="streaming")
            return surviving(dataset, found, aside.collect(engine="streaming"), deleting)
        case _:
            ordered = rows.collect(engine="streaming").sort(rank(dataset))
            return ordered.unique(scene.key, keep="last", maintain_order=True)


def _whole(scene: Scene, again: Again, files: list[DataFile]) -> Entry:
    """The files take the place of all there is."""
    table = scene.table
    old = table.files["path"].to_list() if table is not None and table.files.height else []
    removes = [] if again.is_whole else old
    before, rows = (table.row_count if table else 0), sum(file.rows for file in files)
    entered = _standing(scene, again, files)
    return Entry(files, removes, entered, before - (rows - entered), changes_older=True)


def _standing(scene: Scene, again: Again, files: list[DataFile]) -> int:
    """How many of the rows judged again stand in the table."""
    if not files:
        return 0
    found = scene.scan(files).join(again.places.lazy(), on=_BY_PLACE, how="semi").select(pl.len())
    return int(found.collect(engine="streaming").item())
