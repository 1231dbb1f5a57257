"""Upsert by files: rewrite the data files that hold a key that changes, leave all others alone.

The cost follows the change, not the table: files are pruned by the key's bounds in the log, those left are searched
by key alone, and only those that hold one are read whole and written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.schema import check_fits
from lake_assets.storage.table import Table

__all__ = ["Upsert", "plan_upsert"]

_SMALL_ROWS = 250_000
_PILE = 16
_FILE = "__file__"


@dataclass(frozen=True)
class Upsert:
    """What an upsert does to a table's files.

    Args:
        adds: Files to add.
        removes: Paths of files to remove.
        replaced_rows: Number of rows whose key was there before.
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
    candidates = _overlapping(table, new, key)
    hits = _hits(table, candidates, new, key)
    touched = hits[_FILE].to_list()
    small = [] if touched else _small_files(table)
    if not touched and not small:
        return Upsert(list(staged), [], 0)
    rewritten = [*touched, *small]
    adds = write_data_files(table.root, table.ref, _merged(table, rewritten, new, key))
    discard(table.root, table.ref, staged)
    return Upsert(adds, rewritten, int(hits["len"].sum()))


def _uris(table: Table, files: Sequence[DataFile]) -> list[str]:
    return table.uris([file.path for file in files])


def _overlapping(table: Table, new: pl.LazyFrame, key: Sequence[str]) -> list[str]:
    """Paths of the files whose bounds do not rule out a key of the new rows."""
    files = table.files
    # Floats are left out: the least and greatest of some numbers say nothing of a NaN among them.
    bounded = [name for name in key if f"min.{name}" in files.columns and not table.schema[name].is_float()]
    if not files.height or not bounded:
        return files["path"].to_list() if files.height else []
    bounds = new.select(
        *(pl.col(name).min().alias(f"low.{name}") for name in bounded),
        *(pl.col(name).max().alias(f"high.{name}") for name in bounded),
    ).collect(engine="streaming")
    apart = pl.any_horizontal(
        (pl.col(f"max.{name}") < pl.col(f"low.{name}")) | (pl.col(f"min.{name}") > pl.col(f"high.{name}"))
        for name in bounded
    )
    return files.join(bounds, how="cross").filter(~apart.fill_null(value=False))["path"].to_list()


def _hits(table: Table, candidates: list[str], new: pl.LazyFrame, key: Sequence[str]) -> pl.DataFrame:
    """Which candidates hold a key of the new rows, and how many."""
    if not candidates:
        return pl.DataFrame(schema={_FILE: pl.String, "len": pl.UInt32})
    paths = dict(zip(table.uris(candidates), candidates, strict=True))
    found = (
        _scan(table, candidates, new, with_path=True)
        .select(*key, _FILE)
        .join(new.select(key), on=list(key), how="semi")
        .group_by(_FILE)
        .len()
        .collect(engine="streaming")
    )
    return found.with_columns(pl.col(_FILE).replace_strict(paths))


def _small_files(table: Table) -> list[str]:
    """Files worth merging on the way, so that small appends do not pile up."""
    small = table.files.filter(pl.col("num_records") < _SMALL_ROWS).sort("num_records")
    return small["path"].to_list() if small.height >= _PILE else []


def _merged(table: Table, paths: list[str], new: pl.LazyFrame, key: Sequence[str]) -> pl.LazyFrame:
    kept = _scan(table, paths, new).join(new.select(key), on=list(key), how="anti", maintain_order="left")
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
