"""Arrow IPC, files (also called Feather 2) and streams."""

from __future__ import annotations

from collections.abc import Iterator
from io import FileIO

import pyarrow as pa

from lake_assets.formats.apart.contents import Contents, NotThisFormatError

__all__ = ["open_file"]

_MAGIC = b"ARROW1"
_BLOCK_ROWS = 65_536


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Open a file or a stream, whichever it is.

    Raises:
        NotThisFormatError: When it has no columns.
    """
    del options
    is_file = stream.read(len(_MAGIC)) == _MAGIC
    source = pa.OSFile(f"/dev/fd/{stream.fileno()}", "rb")
    reader = pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
    if not len(reader.schema):
        raise NotThisFormatError("it has no columns")
    batches = _stored(reader) if is_file else iter(reader)
    return Contents(reader.schema, _blocks(batches), notes={"kind": "file" if is_file else "stream"})


def _stored(reader: pa.RecordBatchFileReader) -> Iterator[pa.RecordBatch]:
    return (reader.get_batch(index) for index in range(reader.num_record_batches))


def _blocks(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        _check(batch)
        for start in range(0, batch.num_rows, _BLOCK_ROWS):
            yield batch.slice(start, _BLOCK_ROWS)


def _check(batch: pa.RecordBatch) -> None:
    """Refuse a batch that points outside of itself; Arrow takes it as it is. Texts are seen to later."""
    try:
        batch.validate(full=True)
    except pa.ArrowInvalid as error:
        if "UTF8" not in str(error):
            raise
