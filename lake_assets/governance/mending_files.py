"""Rows of processed files that are to say something else: of files of an erased person, or all, made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from lake_assets.governance.processed_files import (
    PROCESSED_FILES,
    SCHEMA,
    as_landed,
    as_rows,
    column_notes,
)
from lake_assets.model import LandedFile
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.storage.upsert import plan_rewrite

__all__ = ["put_in_place_of", "restore"]


def restore(root: LakeRoot, rows: Sequence[LandedFile]) -> bool:
    """Let the table hold some rows and no others; nothing is written where it does already.

    Args:
        root: The lake.
        rows: All that is to be known, in any order.

    Returns:
        Whether anything was written.
    """
    wanted = as_rows(rows).sort("file_id").collect()
    written: list[bool] = []

    def decide(table: Table | None) -> Change | None:
        written.clear()
        if table is not None and table.scan().select(wanted.columns).sort("file_id").collect().equals(wanted):
            return None
        written.append(True)
        files = write_data_files(root, PROCESSED_FILES, wanted.lazy())
        is_new = table is None
        return Change(SCHEMA, files, column_notes=column_notes(), replaces_table=not is_new)

    commit(root, PROCESSED_FILES, decide)
    return bool(written)


def put_in_place_of(root: LakeRoot, files: Sequence[LandedFile], run_id: str) -> None:
    """Let rows of files say something else, and the rows of their duplicates with them.

    Args:
        root: The lake.
        files: The files as they are from now on, by their ids.
        run_id: The run.
    """
    now = {file.file_id: file for file in files}

    def decide(table: Table | None) -> Change | None:
        ids = pl.Series("file_id", list(now), dtype=pl.Int64)
        concerned = pl.col("file_id").is_in(ids.to_list()) | pl.col("duplicate_of").is_in(ids.to_list())
        rows = table.scan().filter(concerned).collect() if table else pl.DataFrame()
        if table is None or rows.is_empty():
            return None
        told = [_as_now(as_landed(row), now) for row in rows.iter_rows(named=True)]
        planned = plan_rewrite(table, rows.lazy().select("file_id"), as_rows(told))
        note: dict[str, object] = {"run_id": run_id, "rows_out": len(told)}
        return Change(SCHEMA, planned.adds, planned.removes, note=note)

    commit(root, PROCESSED_FILES, decide)


def _as_now(row: LandedFile, now: dict[int, LandedFile]) -> LandedFile:
    if row.file_id in now:
        return now[row.file_id]
    repeated = now[row.duplicate_of or 0]
    return replace(
        row,
        path=repeated.path,
        sha256=repeated.sha256,
        size_bytes=repeated.size_bytes,
        newlines=repeated.newlines,
    )
