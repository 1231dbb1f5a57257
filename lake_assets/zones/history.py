"""Histories: every version of a key with the time during which it was valid (a slowly changing dimension of type 2).

A row opens a version where it says something else than the row before it, in the order of the times since when rows
hold. So a row that comes late finds its place, and what the table holds does not depend on when rows came. Rows that
said the same as the version they fell into are not in the table; where a late row comes in between, they are found
again in the formatted table, whose statistics tell where none can be.
"""

from __future__ import annotations

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.governance.file_ids import landed_at
from lake_assets.model import PROVENANCE, Dataset, Zone
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.upsert import paths_holding, plan_rewrite
from lake_assets.zones.contents import aligned, is_like_next
from lake_assets.zones.scene import Entry, Scene, shares

__all__ = ["VALIDITY", "enter_history", "versions", "with_validity"]

_FROM, _TO, _CURRENT = VALIDITY = ("valid_from", "valid_to", "is_current")
"""Since when a version was valid, up to when (null while it is), and whether it is."""

_FILE = PROVENANCE[0]


def with_validity(dataset: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows as versions that nothing followed yet.

    Raises:
        SchemaError: When the rows bring a column of such a name, or no time since when they hold.
    """
    schema, place = rows.collect_schema(), f"table {dataset.table(Zone.TRUSTED)}"
    for name in VALIDITY:
        if name in schema and name != dataset.valid_from:
            mend = f"give the column another name in the mapping, such as source_{name}"
            raise SchemaError(
                f"the column {name} of the source is one that a history makes", place=place, mend=mend
            )
    if dataset.valid_from and not schema[dataset.valid_from].is_temporal():
        what = f"valid_from names {dataset.valid_from}, which is {schema[dataset.valid_from]}"
        raise SchemaError(what, place=place, mend="declare the column as a datetime or a date")
    since = pl.col(dataset.valid_from) if dataset.valid_from else landed_at(pl.col(_FILE))
    dated = rows.with_columns(since.alias(_FROM))
    kind = dated.collect_schema()[_FROM]
    return dated.with_columns(pl.lit(None, kind).alias(_TO), pl.lit(value=True).alias(_CURRENT))


def versions(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that open a version, each valid up to the next of its key.

    Of rows of one key that hold since the same time the latest, by file and record, stands.

    Args:
        dataset: The dataset.
        rows: All rows of some keys, with validity.
    """
    key = list(dataset.key)
    ordered = rows.sort(*key, _FROM, *PROVENANCE).filter(~is_like_next([*key, _FROM]))
    beside = {*key, *PROVENANCE, *VALIDITY, dataset.valid_from}
    says_the_same = pl.all_horizontal(
        pl.lit(value=True),
        *(pl.col(name).eq_missing(pl.col(name).shift()) for name in rows.columns if name not in beside),
    )
    opening = ordered.filter(~(is_like_next(key, step=-1) & says_the_same))
    return opening.with_columns(
        pl.when(is_like_next(key)).then(pl.col(_FROM).shift(-1)).alias(_TO),
        (~is_like_next(key)).alias(_CURRENT),
    )


def enter_history(scene: Scene, staged: list[DataFile]) -> Entry:
    """Work out how staged rows, with validity, enter the history that a table holds."""
    rows, key = sum(file.rows for file in staged), scene.key
    new, table = scene.scan(staged), scene.table
    touched = paths_holding(table, new.select(key)) if table else []
    held = table.scan_files(touched) if table and touched else pl.LazyFrame(schema=new.collect_schema())
    contested = _contested(key, new, held)
    if contested.is_empty():
        return Entry(staged, entered=rows)
    gone, fresh, is_of_batch = _settled(scene, new, held, contested)
    alone = new.join(contested.lazy(), on=key, how="anti")
    entering = pl.concat([alone, scene.scan(fresh, new)], how="diagonal")
    if table is not None:
        planned = plan_rewrite(table, gone.lazy(), entering)
        adds, removes, replaced = planned.adds, planned.removes, planned.replaced_rows
    else:
        adds, removes, replaced = write_data_files(scene.root, scene.ref, entering), [], 0
    entered = alone.select(pl.len()).collect(engine="streaming").item() + is_of_batch
    older = sum(file.rows for file in fresh) - is_of_batch
    discard(scene.root, scene.ref, [*staged, *fresh])
    return Entry(adds, removes, entered, max(0, replaced - older), changes_older=bool(gone.height))


def _contested(key: list[str], new: pl.LazyFrame, held: pl.LazyFrame) -> pl.DataFrame:
    """The keys that the table knows, and those that come more than once."""
    there = held.select(key).join(new.select(key), on=key, how="semi").unique()
    again = new.group_by(key).len().filter(pl.col("len") > 1).select(key)
    return pl.concat([there, again]).unique().collect(engine="streaming")


def _settled(
    scene: Scene, new: pl.LazyFrame, held: pl.LazyFrame, contested: pl.DataFrame
) -> tuple[pl.DataFrame, list[DataFile], int]:
    """The places that leave the table, files of the versions that enter it, and how many of these are of the batch."""
    key, place = scene.key, [*scene.key, *PROVENANCE]
    gone, fresh, is_of_batch = list[pl.DataFrame](), list[DataFile](), 0
    for share in shares(contested):
        here = new.join(share.lazy(), on=key, how="semi").collect(engine="streaming")
        there = held.join(share.lazy(), on=key, how="semi").collect(engine="streaming")
        rows = pl.concat([there, here, _late(scene, share, here)], how="diagonal")
        stands = versions(scene.dataset, rows)
        entering = stands.join(there, on=[*place, _TO], how="anti", nulls_equal=True)
        gone.append(there.join(stands, on=[*place, _TO], how="anti", nulls_equal=True).select(place))
        fresh += write_data_files(scene.root, scene.ref, entering.lazy())
        is_of_batch += entering.join(here, on=place, how="semi").height
    return pl.concat(gone), fresh, is_of_batch


def _late(scene: Scene, share: pl.DataFrame, here: pl.DataFrame) -> pl.DataFrame:
    """Rows of the keys, taken in before, that hold since later than one that comes now."""
    declared = scene.dataset.valid_from
    if not declared or scene.table is None:
        return here.clear()
    later = scene.accepted().filter(pl.col(declared) > here[_FROM].min())
    found = with_validity(scene.dataset, later.join(share.lazy(), on=scene.key, how="semi"))
    return aligned(found, here.schema).collect(engine="streaming")
