"""Upsert by files: rewrite the data files that hold a row that changes, leave all others alone.

The cost follows the change, not the table: files are pruned by the bounds in the log, those left are searched by the
columns that identify a row alone, and only those that hold one are read whole and written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.schema import check_fits
from lake_assets.storage.table import Table

__all__ = ["Upsert", "paths_holding", "plan_rewrite", "plan_upsert"]

_SMALL_ROWS = 250_000
_PILE = 16
_FILE = "__file__"


@dataclass(frozen=True)
class Upsert:
    """What an upsert does to a table's files.

    Args:
        adds: Files to add.
        removes: Paths of files to remove.
        replaced_rows: Number of rows that were there before and are not kept.
    """

    adds: list[DataFile]
    removes: list[str]
    replaced_rows: int


def plan_upsert(table: Table, staged: Sequence[DataFile], key: Sequence[str]) -> Upsert:
    """Work out how staged rows enter a table by key, and write what has to be written.

    Args:
        table: The table as it is.
        staged: Files of the new rows, under the table's folder; at least one; no key twice, none null.
        key: The columns that identify a row.

    Raises:
        SchemaError: When a column of the new rows does not fit the table.
    """
    new = pl.scan_parquet(
        _uris(table, staged), glob=False, storage_options=table.root.storage_options or None
    )
    check_fits(new.collect_schema(), table.schema, table.ref)
    hits = _hits(table, new, key)
    small = [] if hits.height else _small_files(table)
    if not hits.height and not small:
        return Upsert(list(staged), [], 0)
    planned = _rewritten(table, hits, small, new.select(key), new)
    discard(table.root, table.ref, staged)
    return planned


def plan_rewrite(table: Table, gone: pl.LazyFrame, new: pl.LazyFrame) -> Upsert:
    """Work out how rows leave a table and others enter it, and write what has to be written.

    Args:
        table: The table as it is.
        gone: What the rows that leave hold in the columns that identify them, none null; each is read more than once.
        new: The rows that enter; they may have columns that the table lacks.

    Raises:
        SchemaError: When a column of the new rows does not fit the table.
    """
    check_fits(new.collect_schema(), table.schema, table.ref)
    hits = _hits(table, gone, gone.collect_schema().names())
    return _rewritten(table, hits, [] if hits.height else _small_files(table), gone, new)


def paths_holding(table: Table, wanted: pl.LazyFrame) -> list[str]:
    """Paths of the files of a table that hold a row which is like a wanted one in all the columns of that.

    Args:
        table: The table.
        wanted: Without nulls; it is read more than once.
    """
    return _hits(table, wanted, wanted.collect_schema().names())[_FILE].to_list()


def _uris(table: Table, files: Sequence[DataFile]) -> list[str]:
    return table.uris([file.path for file in files])


def _rewritten(
    table: Table, hits: pl.DataFrame, small: list[str], gone: pl.LazyFrame, new: pl.LazyFrame
) -> Upsert:
    paths = [*hits[_FILE], *small]
    adds = write_data_files(table.root, table.ref, _merged(table, paths, gone, new))
    return Upsert(adds, paths, int(hits["len"].sum()))


def _overlapping(table: Table, wanted: pl.LazyFrame, on: Sequence[str]) -> list[str]:
    """Paths of the files whose bounds do not rule out a wanted row."""
    files = table.files
    # Floats are left out: the least and greatest of some numbers say nothing of a NaN among them.
    bounded = [name for name in on if f"min.{name}" in files.columns and not table.schema[name].is_float()]
    if not files.height or not bounded:
        return files["path"].to_list() if files.height else []
    bounds = wanted.select(
        *(pl.col(name).min().alias(f"low.{name}") for name in bounded),
        *(pl.col(name).max().alias(f"high.{name}") for name in bounded),
    ).collect(engine="streaming")
    if bounds.to_series().null_count():
        return []
    apart = pl.any_horizontal(
        (pl.col(f"max.{name}") < pl.col(f"low.{name}")) | (pl.col(f"min.{name}") > pl.col(f"high.{name}"))
        for name in bounded
    )
    return files.join(bounds, how="cross").filter(~apart.fill_null(value=False))["path"].to_list()


def _hits(table: Table, wanted: pl.LazyFrame, on: Sequence[str]) -> pl.DataFrame:
    """Which files hold a wanted row, and how many."""
    candidates = _overlapping(table, wanted, on)
    if not candidates:
        return pl.DataFrame(schema={_FILE: pl.String, "len": pl.UInt32})
    paths = dict(zip(table.uris(candidates), candidates, strict=True))
    found = (
        _scan(table, candidates, wanted.select(on), with_path=True)
        .select(*on, _FILE)
        .join(wanted.select(on), on=list(on), how="semi")
        .group_by(_FILE)
        .len()
        .collect(engine="streaming")
    )
    return found.with_columns(pl.col(_FILE).replace_strict(paths))


def _small_files(table: Table) -> list[str]:
    """Files worth merging on the way, so that small appends do not pile up."""
    if not table.files.height:
        return []
    small = table.files.filter(pl.col("num_records") < _SMALL_ROWS).sort("num_records")
    return small["path"].to_list() if small.height >= _PILE else []


def _merged(table: Table, paths: list[str], gone: pl.LazyFrame, new: pl.LazyFrame) -> pl.LazyFrame:
    if not paths:
        return new
    on = gone.collect_schema().names()
    kept = _scan(table, paths, new).join(gone, on=on, how="anti", maintain_order="left")
    return pl.concat([kept, new], how="diagonal")


def _scan(table: Table, paths: list[str], new: pl.LazyFrame, *, with_path: bool = False) -> pl.LazyFrame:
    """Some files of a table, with null for the columns that only the new rows have."""
    return pl.scan_parquet(
        table.uris(paths),
        glob=False,
        schema={**new.collect_schema(), **table.schema},
        missing_columns="insert",
        include_file_paths=_FILE if with_path else None,
        storage_options=table.root.storage_options or None,
    )
