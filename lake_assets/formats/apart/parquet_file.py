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
    return Contents(file.schema_arrow, _blocks(file), file.metadata.num_rows, _notes(file.metadata))


def _notes(footer: pq.FileMetaData) -> dict[str, object]:
    return {"row_groups": footer.num_row_groups, "written_by": footer.created_by}


def _blocks(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The rows, as many as the footer says there are.

    Raises:
        NotThisFormatError: When others are there.
    """
    rows = 0
    for batch in file.iter_batches(_rows_at_once(file.metadata), use_threads=True):
        rows += batch.num_rows
        yield batch
    if rows != file.metadata.num_rows:
        raise NotThisFormatError(
            f"its footer counts {file.metadata.num_rows:,} rows, its pages hold {rows:,}"
        )


def _rows_at_once(footer: pq.FileMetaData) -> int:
    stored = sum(footer.row_group(index).total_byte_size for index in range(footer.num_row_groups))
    row_bytes: int = max(1, stored // max(1, footer.num_rows))
    return max(1, min(_BLOCK_ROWS, _BLOCK_BYTES // row_bytes))
