"""Rows of one batch that a later row of the same key supersedes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.model import PROVENANCE, TableRef
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.root import LakeRoot

__all__ = ["without_superseded"]


def without_superseded(
    root: LakeRoot, ref: TableRef, files: list[DataFile], key: Sequence[str]
) -> list[DataFile]:
    """Keep of each key the row that came last; files without a repeated key stay as they are.

    Args:
        root: The lake.
        ref: The table that the files were written for.
        files: Written, not yet committed.
        key: The columns that identify a row; none of them null.

    Returns:
        Files in which no key stands twice.
    """
    if not files or not key:
        return files
    scan = pl.scan_parquet([f"{root.table_uri(ref)}/{file.path}" for file in files],
                           storage_options=root.storage_options or None)  # fmt: skip
    losers = _losers(scan, key)
    if losers.is_empty():
        return files
    kept = write_data_files(
        root, ref, scan.join(losers.lazy(), on=list(PROVENANCE), how="anti", maintain_order="left")
    )
    discard(root, ref, files)
    return kept


def _losers(scan: pl.LazyFrame, key: Sequence[str]) -> pl.DataFrame:
    """File and row of every row that another of its key comes after."""
    repeated = scan.group_by(key).len().filter(pl.col("len") > 1).select(key).collect(engine="streaming")
    if repeated.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(PROVENANCE, pl.Int64))
    rows = scan.select(*key, *PROVENANCE).join(repeated.lazy(), on=list(key), how="semi")
    latest = pl.struct(PROVENANCE).sort_by(PROVENANCE).last().over(key)
    return rows.collect(engine="streaming").filter(pl.struct(PROVENANCE) != latest).select(PROVENANCE)
