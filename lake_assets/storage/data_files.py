"""Frames written as data files: streaming, bounded in memory, durable, with statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import polars as pl

from lake_assets.model import TableRef
from lake_assets.storage.local_files import sync_folder
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.statistics import read_statistics

if TYPE_CHECKING:
    from polars.io.partition import FileProviderArgs, SinkedPathsCallbackArgs

__all__ = ["DataFile", "discard", "write_data_files", "write_split"]

_ROWS_PER_FILE = 1_000_000
_ZSTD_LEVEL = 1
_KEPT = "_kept"


@dataclass(frozen=True)
class DataFile:
    """A parquet file of a table, written but not yet committed.

    Args:
        path: Under the table's folder.
        size_bytes: Its size.
        rows: Number of rows.
        statistics: The file's statistics as Delta wants them, JSON.
    """

    path: str
    size_bytes: int
    rows: int
    statistics: str


def write_data_files(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame) -> list[DataFile]:
    """Stream a frame into new data files of a table; nothing reads them until they are committed.

    Args:
        root: The lake.
        ref: The table; it need not exist yet.
        frame: Rows in the order they are to have.

    Returns:
        The files, durable on disk, none of them empty; an empty list for an empty frame.
    """
    token = uuid4().hex
    return _sink(root, ref, frame, pl.PartitionBy(_folder(root, ref), max_rows_per_file=_ROWS_PER_FILE,
                 approximate_bytes_per_file=None, file_path_provider=_Namer(token)))  # fmt: skip


def write_split(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame, kept: pl.Expr) -> Split:
    """Stream a frame once into two sets of files under a table: the rows that are kept, and the others.

    Args:
        root: The lake.
        ref: The table.
        frame: The rows.
        kept: True for a row that is kept; never null.
    """
    token = uuid4().hex
    by = pl.PartitionBy(_folder(root, ref), key=kept.alias(_KEPT), include_key=False,
                        max_rows_per_file=_ROWS_PER_FILE, approximate_bytes_per_file=None,
                        file_path_provider=_Namer(token))  # fmt: skip
    files = _sink(root, ref, frame, by)
    return Split(
        kept=[file for file in files if file.path.startswith("kept-")],
        others=[file for file in files if not file.path.startswith("kept-")],
    )


@dataclass(frozen=True)
class Split:
    """The outcome of `write_split`.

    Args:
        kept: Files of the rows that are kept.
        others: Files of the others.
    """

    kept: list[DataFile]
    others: list[DataFile]


def discard(root: LakeRoot, ref: TableRef, files: Sequence[DataFile]) -> None:
    """Delete files that were written but will not be committed."""
    root.files.delete([f"{ref.path}/{file.path}" for file in files])


class _Namer:
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, arguments: FileProviderArgs) -> str:
        keys = arguments.partition_keys
        prefix = "part" if keys.width == 0 else ("kept" if keys.item() else "other")
        return f"{prefix}-{self._token}-{arguments.index_in_partition:05d}.parquet"


def _folder(root: LakeRoot, ref: TableRef) -> str:
    return root.table_uri(ref) + "/"


def _sink(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame, target: pl.PartitionBy) -> list[DataFile]:
    written: list[SinkedPathsCallbackArgs] = []
    frame.sink_parquet(
        target,
        compression_level=_ZSTD_LEVEL,
        sync_on_close="all" if root.is_local else None,
        storage_options=root.storage_options or None,
        mkdir=True,
        sinked_paths_callback=written.append,
    )
    if root.is_local and root.local_path(ref.path).exists():
        sync_folder(root.local_path(ref.path))
    return [
        DataFile(name, sunk.num_bytes, sunk.num_rows, read_statistics(root, f"{ref.path}/{name}"))
        for call in written
        for sunk in call.paths
        if (name := sunk.path.rsplit("/", 1)[-1]) and sunk.num_rows
    ]


