"""Avro object container files, read by fastavro."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, FileIO
from itertools import islice

import fastavro
import pyarrow as pa
from fastavro.read import LOGICAL_READERS

from lake_assets.formats.apart.avro_codecs import register_codecs
from lake_assets.formats.apart.avro_schema import AvroTypes, Convert
from lake_assets.formats.apart.contents import Contents, NotThisFormatError

__all__ = ["open_file"]

_BLOCK_ROWS = 16_384
_VALUE = "value"


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Open an Avro file; where its records are no records but plain values, they are one element.

    Raises:
        NotThisFormatError: When it does not begin as such a file, or has no fields.
    """
    del options
    register_codecs()
    for name in [name for name in LOGICAL_READERS if not name.endswith("-decimal")]:
        del LOGICAL_READERS[name]  # plain numbers, which Arrow types; Python's dates end with the year 9999
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        reader = fastavro.block_reader(BufferedReader(stream))
    except (ValueError, EOFError, KeyError) as error:
        raise NotThisFormatError(f"it does not begin as an Avro file does: {error}") from error
    kind, convert = AvroTypes().of(reader.writer_schema)
    records = _records(reader, size)
    if not pa.types.is_struct(kind):
        kind, records = pa.struct([pa.field(_VALUE, kind)]), _as_records(records, convert)
    elif convert:
        records = map(convert, records)
    return Contents(pa.schema(list(kind)), _blocks(records, kind), notes={"codec": reader.codec})


def _records(blocks: fastavro.block_reader, size: int) -> Iterator[object]:
    """All records, up to the very end of the file.

    Raises:
        NotThisFormatError: When the file ends within a block.
    """
    end = 0
    for block in blocks:
        end = block.offset + block.size
        yield from block
    if end and end != size:
        raise NotThisFormatError(f"{size - end:,} bytes after its last block are no block")


def _as_records(values: Iterator[object], convert: Convert | None) -> Iterator[object]:
    return ({_VALUE: convert(value) if convert else value} for value in values)


def _blocks(records: Iterator[object], kind: pa.DataType) -> Iterator[pa.RecordBatch]:
    while head := list(islice(records, _BLOCK_ROWS)):
        yield pa.RecordBatch.from_struct_array(pa.array(head, kind))
