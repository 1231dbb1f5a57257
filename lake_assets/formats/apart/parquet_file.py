"""Parquet, read by Arrow: it is fuzzed continually, checks page checksums, and keeps to the count in the footer."""

from __future__ import annotations

from collections.abc import Iterator
from io import FileIO

import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.formats.apart.contents import Contents, NotThisFormatError

__all__ = ["open_file"]

_BLOCK_BYTES = 16 << 20
_BLOCK_ROWS = 65_536


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Open a Parquet file.

    Raises:
        NotThisFormatError: When it has no columns.
    """
    del options
    source = pa.OSFile(f"/dev/fd/{stream.fileno()}", "rb")
    file = pq.ParquetFile(source, page_checksum_verification=True, pre_buffer=False)
    if not len(file.schema_arrow):
        raise NotThisFormatError("it has no columns")
    rows = _rows(file.metadata)
    return Contents(file.schema_arrow, _blocks(file, rows), rows, _notes(file.metadata, rows))


def _rows(footer: pq.FileMetaData) -> int:
    """How many rows the row groups have together; some writers forget to add them up."""
    return sum(footer.row_group(index).num_rows for index in range(footer.num_row_groups))


def _notes(footer: pq.FileMetaData, rows: int) -> dict[str, object]:
    notes = {"row_groups": footer.num_row_groups, "written_by": footer.created_by}
    return notes if footer.num_rows == rows else {**notes, "footer_rows": footer.num_rows}


def _blocks(file: pq.ParquetFile, expected: int) -> Iterator[pa.RecordBatch]:
    """The rows, as many as the row groups say there are.

    Raises:
        NotThisFormatError: When others are there.
    """
    rows = 0
    for batch in file.iter_batches(_rows_at_once(file.metadata), use_threads=False):
        rows += batch.num_rows
        yield batch
    if rows != expected:
        raise NotThisFormatError(f"its footer counts {expected:,} rows, its pages hold {rows:,}")


def _rows_at_once(footer: pq.FileMetaData) -> int:
    stored = sum(footer.row_group(index).total_byte_size for index in range(footer.num_row_groups))
    row_bytes: int = max(1, stored // max(1, footer.num_rows))
    return max(1, min(_BLOCK_ROWS, _BLOCK_BYTES // row_bytes))
