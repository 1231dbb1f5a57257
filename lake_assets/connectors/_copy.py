"""From what is read to where it is written, told apart when one of them fails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

__all__ = ["CHUNK_BYTES", "write_all"]

CHUNK_BYTES = 1 << 20


def write_all(chunks: Iterable[bytes], into: BinaryIO) -> int:
    """Write chunks in order.

    A failure to write is raised here, outside the generator that reads, so that a full disk of ours is never
    reported as a fault of the source.

    Args:
        chunks: What is read.
        into: Where it goes.

    Returns:
        The number of bytes written.
    """
    size_bytes = 0
    for chunk in chunks:
        into.write(chunk)
        size_bytes += len(chunk)
    return size_bytes
