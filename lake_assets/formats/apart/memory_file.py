"""Blocks in files that are in memory only: one process fills and seals one, another maps it, and none copies it.

A seal holds for everyone and for good: what is mapped neither changes nor ends before its end.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import sys

import pyarrow as pa

__all__ = ["NotSealedError", "is_worth_a_file", "mapped", "sealed"]

_WORTH_BYTES = 1 << 20


class NotSealedError(Exception):
    """A file may still change while it is mapped."""


def is_worth_a_file(block: pa.RecordBatch) -> bool:
    """Whether a file costs less than to copy the block; never where the system has no seals."""
    size_bytes: int = block.nbytes
    return sys.platform == "linux" and size_bytes >= _WORTH_BYTES


def sealed(block: pa.RecordBatch) -> int:
    """The descriptor of a file that holds a block as an Arrow IPC stream; to be closed."""
    descriptor = os.memfd_create("block", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with (
            pa.OSFile(f"/dev/fd/{descriptor}", "wb") as sink,
            pa.ipc.new_stream(sink, block.schema) as writer,
        ):
            writer.write_batch(block)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _unchanging() | fcntl.F_SEAL_SEAL)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def mapped(descriptor: int) -> mmap.mmap:
    """What such a file holds.

    Args:
        descriptor: Of the file; closed here.

    Raises:
        NotSealedError: When it could still change.
    """
    try:
        if fcntl.fcntl(descriptor, fcntl.F_GET_SEALS) & _unchanging() != _unchanging():
            raise NotSealedError
        return mmap.mmap(descriptor, 0, mmap.MAP_SHARED | mmap.MAP_POPULATE, mmap.PROT_READ)
    finally:
        os.close(descriptor)


def _unchanging() -> int:
    return fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW
