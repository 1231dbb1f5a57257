"""Rows that leave a table because what they belong to is there anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.storage.data_files import DataFile, write_data_files
from lake_assets.storage.table import Table

__all__ = ["Staying", "without"]

_PATH = "__path__"


@dataclass(frozen=True, eq=False)
class Staying(Table):
    """A table as it is without the rows of some keys.

    Args:
        leaving: The keys, a column each.
    """

    leaving: pl.DataFrame

    def scan(self) -> pl.LazyFrame:
        """The rows that stay, lazily."""
        return super().scan().join(self.leaving.lazy(), on=self.leaving.columns, how="anti")


def without(
    table: Table, leaving: pl.DataFrame, new: pl.LazyFrame
) -> tuple[Sequence[DataFile], list[str], int]:
    """Write the data files that hold a row of some keys anew, without those rows and with new ones.

    Args:
        table: The table as it is.
        leaving: The keys, a column each.
        new: The rows that enter.

    Returns:
        Files to add, paths to remove, and how many rows left; nothing when no file holds any.
    """
    paths = table.files["path"].to_list()
    on, by_uri = leaving.columns, dict(zip(table.uris(paths), paths, strict=True))
    found = (
        pl.scan_parquet(
            list(by_uri),
            glob=False,
            schema=table.schema,
            missing_columns="insert",
            include_file_paths=_PATH,
            storage_options=table.root.storage_options or None,
        )
        .filter(_within(leaving))
        .select(*on, _PATH)
        .join(leaving.lazy(), on=on, how="semi")
        .group_by(_PATH)
        .len()
        .collect(engine="streaming")
    )
    if found.is_empty():
        return [], [], 0
    touched = sorted(by_uri[uri] for uri in found[_PATH])
    staying = table.scan_files(touched).join(leaving.lazy(), on=on, how="anti", maintain_order="left")
    adds = write_data_files(table.root, table.ref, pl.concat([staying, new], how="diagonal"))
    return adds, touched, int(found["len"].sum())


def _within(leaving: pl.DataFrame) -> pl.Expr:
    """Whether a key can be one of them, told from the statistics of files, so that most of a table stays unread."""
    bounded = [name for name, kind in leaving.schema.items() if not (kind.is_float() or kind.is_nested())]
    return pl.all_horizontal(
        pl.lit(value=True),
        *(pl.col(name).is_between(leaving[name].min(), leaving[name].max()) for name in bounded),
    )
