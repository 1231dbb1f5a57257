"""Compressed bytes as a stream of plain ones."""

from __future__ import annotations

import bz2
import errno
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from typing import BinaryIO, cast

import pyarrow as pa

__all__ = ["DAMAGE", "decompressed", "is_of_the_machine"]

DAMAGE = (OSError, EOFError, lzma.LZMAError)
"""What reading raises when the compressed data are cut or damaged, or the file cannot be read at all."""

_XZ_MEMORY_BYTES = 256 << 20
_INPUT_BYTES = 1 << 18


@contextmanager
def decompressed(raw: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    """The plain bytes of a stream.

    Args:
        raw: The stream, at its start.
        compression: `gzip`, `zstd`, `bzip2`, `xz` or `plain`.
    """
    if compression == "plain":
        yield raw
    elif compression == "bzip2":
        with bz2.BZ2File(raw) as stream:
            yield cast("BinaryIO", stream)
    elif compression == "xz":
        yield cast("BinaryIO", _Xz(raw))
    else:
        with pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), compression) as stream:
            yield stream


def is_of_the_machine(error: Exception) -> bool:
    """Whether the machine gave out while data were unpacked, which says nothing of the data.

    >>> is_of_the_machine(OSError(28, "No space left on device")), is_of_the_machine(OSError("Invalid data stream"))
    (True, False)
    """
    # An offset that cannot be is answered with EINVAL.
    return isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}


class _Xz(BufferedIOBase):
    """Xz data, one stream after the other; unlike Python's own reader it limits what a dictionary may take.

    Args:
        raw: The compressed bytes.
    """

    def __init__(self, raw: BinaryIO) -> None:
        """Begin with the first stream."""
        self._raw = raw
        self._current = self._fresh()
        self._rest = b""

    @staticmethod
    def _fresh() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY_BYTES)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read some bytes, up to a size; none at the end.

        Raises:
            EOFError: When the data end within a stream.
            lzma.LZMAError: When they are damaged, or want a dictionary larger than 256 MiB.
        """
        limit = -1 if size is None else size
        while True:
            if self._current.eof and not self._next_stream():
                return b""
            given = b""
            if self._current.needs_input:
                given, self._rest = self._rest or self._raw.read(_INPUT_BYTES), b""
                if not given:
                    raise EOFError("the data end within a stream")
            if found := self._current.decompress(given, limit):
                return found

    def _next_stream(self) -> bool:
        """Go on to the next stream, over padding; False at the end."""
        rest = self._current.unused_data.lstrip(b"\0") or self._raw.read(_INPUT_BYTES).lstrip(b"\0")
        if rest:
            self._current, self._rest = self._fresh(), rest
        return bool(rest)
