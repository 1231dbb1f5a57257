"""Rows looked up by a number, such as their landed file, through the bounds in the log: most files are not opened."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from lake_assets.storage.table import Table

__all__ = ["paths_with", "rows_with"]


def paths_with(table: Table, column: str, values: Collection[int]) -> list[str]:
    """Paths of the data files whose bounds do not rule out every one of some values.

    Args:
        table: The table.
        column: A column of whole numbers.
        values: What is looked for.
    """
    files, low, high = table.files, f"min.{column}", f"max.{column}"
    if not files.height or not values:
        return []
    if low not in files.columns or high not in files.columns:
        return files["path"].to_list()
    wanted = pl.DataFrame({"wanted": sorted(values)}, schema={"wanted": pl.Int64})
    bounded = files.select("path", pl.col(low).cast(pl.Int64), pl.col(high).cast(pl.Int64))
    unknown = bounded.filter(pl.col(low).is_null() | pl.col(high).is_null())["path"].to_list()
    hits = bounded.join_where(wanted, pl.col("wanted") >= pl.col(low), pl.col("wanted") <= pl.col(high))
    return [*unknown, *hits["path"].unique(maintain_order=True)]


def rows_with(table: Table, column: str, values: Collection[int]) -> pl.LazyFrame:
    """The rows that have one of some values in a column of whole numbers."""
    paths = paths_with(table, column, values)
    rows = table.scan_files(paths) if paths else pl.LazyFrame(schema=table.schema)
    return rows.filter(pl.col(column).is_in(sorted(values)))
