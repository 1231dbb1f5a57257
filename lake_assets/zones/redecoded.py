"""What came out of landed files a second time, held against the rows that are there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.storage.data_files import DataFile
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED

__all__ = ["Found", "as_now", "compared"]

_FILE = PROVENANCE[0]
_OTHER, _IS_THERE = "\0other", "\0there"
_PLACE: dict[str, type[pl.Int64]] = dict.fromkeys(PROVENANCE, pl.Int64)


@dataclass(frozen=True)
class Found:
    """Places of rows, by what becomes of them.

    Args:
        taken: Rows that enter, new or other than they were.
        changed: Those of them that were there before.
        removed: Rows that are no record of their file any more.
        there: Files of which rows are there.
    """

    taken: pl.DataFrame
    changed: pl.DataFrame
    removed: pl.DataFrame
    there: Collection[int]


def compared(table: Table, staged: Sequence[DataFile], opened: Sequence[int], *, is_whole: bool) -> Found:
    """Hold rows that came out again against those of the table.

    Args:
        table: The formatted table as it is.
        staged: Files of what came out, under its folder.
        opened: Ids of the files that could be read.
        is_whole: Whether all rows are taken, whatever cells they lose.
    """
    parts = [_part(table, file, is_whole=is_whole) for file in staged]
    none = pl.DataFrame(schema={**_PLACE, _IS_THERE: pl.Boolean})
    taken = pl.concat([none, *parts])
    changed = taken.filter(pl.col(_IS_THERE)).select(PROVENANCE)
    old = table.scan().filter(pl.col(_FILE).is_in(opened)).select(PROVENANCE)
    uris = table.uris([file.path for file in staged])
    options = table.root.storage_options or None
    new = pl.scan_parquet(uris, glob=False, storage_options=options) if uris else pl.LazyFrame(schema=_PLACE)
    removed = old.join(new.select(PROVENANCE), on=list(PROVENANCE), how="anti").collect(engine="streaming")
    there = table.scan().select(pl.col(_FILE).unique()).collect(engine="streaming")[_FILE].to_list()
    return Found(taken.select(PROVENANCE), changed, removed, set(there))


def _part(table: Table, file: DataFile, *, is_whole: bool) -> pl.DataFrame:
    """Places of the rows of a staged file that enter, and whether a row is there."""
    uri, options = table.uris([file.path]), table.root.storage_options or None
    new = pl.scan_parquet(uri, glob=False, storage_options=options)
    schema = new.collect_schema()
    bounds = new.select(pl.col(_FILE).min().alias("low"), pl.col(_FILE).max().alias("high")).collect()
    near = pl.col(_FILE).is_between(bounds["low"].item(), bounds["high"].item())
    old = as_now(table.scan().filter(near), schema).with_columns(pl.lit(value=True).alias(_IS_THERE))
    both = new.join(old, on=list(PROVENANCE), how="left", suffix=_OTHER)
    is_there = pl.col(_IS_THERE).fill_null(value=False)
    says = [name for name in schema if name not in PROVENANCE]
    is_other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}{_OTHER}")) for name in says)
    is_worse = _lost(RESCUED) > _lost(f"{RESCUED}{_OTHER}")
    taken = ~is_there | (is_other & (pl.lit(value=True) if is_whole else ~is_worse))
    return both.filter(taken).select(*PROVENANCE, is_there.alias(_IS_THERE)).collect(engine="streaming")


def _lost(rescued: str) -> pl.Expr:
    """How much of a row's text no column holds."""
    return pl.col(rescued).str.len_bytes().fill_null(0)


def as_now(rows: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """Rows of the table in the types that they have now, so that 5 and 5.0 are alike."""
    there = rows.collect_schema()
    return rows.select(
        pl.lit(None, kind).alias(name)
        if name not in there or there[name].is_nested() != kind.is_nested()
        else pl.col(name).cast(kind, strict=False)
        for name, kind in schema.items()
    )
