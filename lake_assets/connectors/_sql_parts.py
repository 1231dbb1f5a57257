"""Rows as Parquet files, each complete in a temporary file before it is handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.errors import ConnectorError

__all__ = ["Part", "parts"]


@dataclass(frozen=True)
class Part:
    """Rows in a file, to be copied before the next part is asked for.

    Args:
        file: Where they are.
        sha256: Of its bytes, hexadecimal.
        last: The cursor of the last of them; None where there is no row, or no cursor.
        place: For errors.
    """

    file: BinaryIO = field(repr=False)
    sha256: str
    last: object
    place: str

    def copy(self, state: str, into: BinaryIO) -> str:
        """Write the bytes, and answer what is to be remembered with them."""
        if self.file.closed:
            mend = "fetch an arrival before the next one is asked for"
            raise ConnectorError("the rows are no longer held", place=self.place, mend=mend)
        self.file.seek(0)
        write_all(_chunks(self.file), into)
        return state


def parts(batches: Iterator[pa.RecordBatch], cursor: str, max_rows: int, place: str) -> Iterator[Part]:
    """Divide rows into files: at least one, which may be empty.

    Args:
        batches: The rows; at least one batch.
        cursor: The column they are in the order of; empty where they are not to be divided.
        max_rows: About how many rows make a file; it ends with the last row of its cursor.
        place: For errors.
    """
    left: pa.RecordBatch | None = next(batches)
    while left is not None:
        with TemporaryFile() as file:
            written = _Written(cast("BinaryIO", file), left.schema, cursor, max_rows)
            left = written.take(left, batches)
            yield Part(cast("BinaryIO", file), _sha256(cast("BinaryIO", file)), written.last, place)


class _Written:
    """A file that takes rows until it has enough."""

    def __init__(self, file: BinaryIO, schema: pa.Schema, cursor: str, max_rows: int) -> None:
        self._file = file
        self._schema = schema
        self._cursor = cursor
        self._max_rows = max_rows
        self._rows = 0
        self._last: pa.Scalar | None = None

    @property
    def last(self) -> object:
        """The cursor of its last row."""
        return self._last.as_py() if self._last is not None else None

    def take(self, first: pa.RecordBatch, others: Iterator[pa.RecordBatch]) -> pa.RecordBatch | None:
        """Write what belongs here; answer the rows after it, None when these were all."""
        with pq.ParquetWriter(self._file, self._schema, compression="zstd") as writer:
            batch: pa.RecordBatch | None = first
            while batch is not None:
                cut = self._end(batch)
                if cut:
                    writer.write_batch(batch.slice(0, cut))
                    self._rows += cut
                    self._last = batch.column(self._cursor)[cut - 1] if self._cursor else None
                if cut < batch.num_rows:
                    return batch.slice(cut)
                batch = next(others, None)
        return None

    def _end(self, batch: pa.RecordBatch) -> int:
        """How many rows of a batch still belong here."""
        kept = max(self._max_rows - self._rows, 0)
        if not self._cursor or kept >= batch.num_rows:
            return int(batch.num_rows)
        cursors = batch.column(self._cursor)
        same_as = cursors[kept - 1] if kept else self._last
        changed = pc.index(pc.call_function("not_equal", [cursors.slice(kept), same_as]), value=True).as_py()
        return int(batch.num_rows) if changed < 0 else kept + int(changed)


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
