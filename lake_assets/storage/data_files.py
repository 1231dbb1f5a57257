"""Frames written as data files: streaming, bounded in memory, durable, with statistics."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict
from uuid import uuid4

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.storage.local_files import sync_path
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.schema import check_storable
from lake_assets.storage.statistics import read_statistics

if TYPE_CHECKING:
    from polars.io.partition import FileProviderArgs, SinkedPathsCallbackArgs

__all__ = ["DataFile", "Split", "discard", "write_data_files", "write_split"]

_ROWS_PER_FILE = 1_000_000
_IS_KEPT = "__is_kept__"
_WAITS_S = (0, 0.02, 0.1, 0.3)


class _Compression(TypedDict, total=False):
    compression: Literal["snappy", "zstd"]
    compression_level: int


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


@dataclass(frozen=True)
class Split:
    """The outcome of `write_split`.

    Args:
        kept: Files of the rows that are kept.
        others: Files of the others.
    """

    kept: list[DataFile]
    others: list[DataFile]


def write_data_files(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame) -> list[DataFile]:
    """Stream a frame into new data files of a table; nothing reads them until they are committed.

    Args:
        root: The lake.
        ref: The table; it need not exist yet.
        frame: Rows in the order they are to have.

    Returns:
        The files, durable on disk, none of them empty; an empty list for an empty frame.

    Raises:
        SchemaError: When a column's type does not survive a Delta table.
    """
    return _sink(root, ref, frame, None)


def write_split(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame, kept: pl.Expr) -> Split:
    """Stream a frame once into two sets of files under a table: the rows that are kept, and the others.

    Args:
        root: The lake.
        ref: The table.
        frame: The rows.
        kept: True for a row that is kept; null counts as false.

    Raises:
        SchemaError: When a column's type does not survive a Delta table.
    """
    files = _sink(root, ref, frame, kept.fill_null(value=False).alias(_IS_KEPT))
    return Split(
        kept=[file for file in files if file.path.startswith("kept-")],
        others=[file for file in files if not file.path.startswith("kept-")],
    )


def discard(root: LakeRoot, ref: TableRef, files: Sequence[DataFile]) -> None:
    """Delete files that were written but will not be committed."""
    root.files.delete([f"{ref.path}/{file.path}" for file in files])


class _Namer:
    """Names the files of one write: by what they hold, a token of their own, and a number."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, arguments: FileProviderArgs) -> str:
        keys = arguments.partition_keys
        prefix = "part" if keys.width == 0 else ("kept" if keys.item() else "other")
        return f"{prefix}-{self._token}-{arguments.index_in_partition:05d}.parquet"


def _sink(root: LakeRoot, ref: TableRef, frame: pl.LazyFrame, key: pl.Expr | None) -> list[DataFile]:
    check_storable(frame.collect_schema(), ref)
    token = uuid4().hex
    written: list[SinkedPathsCallbackArgs] = []
    try:
        frame.sink_parquet(
            _target(root, ref, token, key),
            **_compression(ref),
            sync_on_close="all" if root.is_local else None,
            storage_options=root.storage_options or None,
            mkdir=True,
            sinked_paths_callback=written.append,
        )
        return list(_finish(root, ref, written))
    except Exception:
        _sweep(root, ref, token)
        raise


def _sweep(root: LakeRoot, ref: TableRef, token: str) -> None:
    """Delete what a write that failed has written.

    Polars may have files in hand for a moment after it raised, so they are looked for until none is found. One that
    it is still uploading to S3 after that is left to vacuum.
    """
    for wait_s in _WAITS_S:
        time.sleep(wait_s)
        left = [entry.path for entry in root.files.list(ref.path) if token in entry.path]
        if wait_s and not left:
            return
        root.files.delete(left)


def _compression(ref: TableRef) -> _Compression:
    """Formatted rows are read once or twice and stand in landing too: what counts is how quickly they are written."""
    is_passage = ref.zone is Zone.FORMATTED
    return {"compression": "snappy"} if is_passage else {"compression": "zstd", "compression_level": 1}


def _target(root: LakeRoot, ref: TableRef, token: str, key: pl.Expr | None) -> pl.PartitionBy:
    return pl.PartitionBy(
        root.table_uri(ref) + "/",
        key=key,
        include_key=None if key is None else False,
        max_rows_per_file=_ROWS_PER_FILE,
        approximate_bytes_per_file=None,
        file_path_provider=_Namer(token),
    )


def _finish(root: LakeRoot, ref: TableRef, written: Iterable[SinkedPathsCallbackArgs]) -> Iterable[DataFile]:
    """Make the names durable, read the statistics, and drop what polars writes for a frame without rows."""
    if root.is_local and root.local_path(ref.path).exists():
        sync_path(root.local_path(ref.path))
    for sunk in (sunk for call in written for sunk in call.paths):
        path = f"{ref.path}/{sunk.path.rsplit('/', 1)[-1]}"
        if sunk.num_rows:
            yield DataFile(
                path.rsplit("/", 1)[-1], sunk.num_bytes, sunk.num_rows, read_statistics(root, path)
            )
        else:
            root.files.delete([path])
