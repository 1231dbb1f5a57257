"""The block codecs that fastavro leaves to other libraries, by those that are here: snappy and zstandard."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import BinaryIO

import pyarrow as pa
from fastavro.read import BLOCK_READERS

__all__ = ["register_codecs"]

_CHECKSUM_BYTES = 4
_MORE = 0x80
_LONGEST = 10


def register_codecs() -> None:
    """Let fastavro read blocks of these codecs."""
    BLOCK_READERS["snappy"] = _snappy
    BLOCK_READERS["zstandard"] = _zstandard


def _snappy(decoder: BinaryIO) -> BytesIO:
    """A raw snappy block and the CRC-32 of what it holds.

    Raises:
        ValueError: When it is damaged.
    """
    block = _block(decoder)
    packed, checksum = block[:-_CHECKSUM_BYTES], block[-_CHECKSUM_BYTES:]
    size = _varint(BytesIO(packed))
    plain: bytes = pa.Codec("snappy").decompress(packed, decompressed_size=size, asbytes=True)
    if zlib.crc32(plain) != int.from_bytes(checksum, "big"):
        raise ValueError("the checksum of a block is wrong")
    return BytesIO(plain)


def _zstandard(decoder: BinaryIO) -> BytesIO:
    with pa.CompressedInputStream(pa.BufferReader(_block(decoder)), "zstd") as plain:
        return BytesIO(plain.read())


def _block(stream: BinaryIO) -> bytes:
    """The bytes of a block, after their number in zigzag.

    Raises:
        EOFError: When they are not all there.
    """
    coded = _varint(stream)
    size = (coded >> 1) ^ -(coded & 1)
    found = stream.read(max(0, size))
    if len(found) != size:
        raise EOFError("the file ends within a block")
    return found


def _varint(stream: BinaryIO) -> int:
    value = 0
    for position in range(_LONGEST):
        byte = stream.read(1)
        if not byte:
            break
        value |= (byte[0] & ~_MORE) << 7 * position
        if byte[0] < _MORE:
            return value
    raise EOFError("the file ends within a number")
