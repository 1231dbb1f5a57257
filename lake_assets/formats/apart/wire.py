"""Frames between the lake and the child that decodes for it: one letter, a length, that many bytes."""

from __future__ import annotations

import errno
import json
import os
import socket
import struct
from collections.abc import Mapping
from typing import TypeAlias

import pyarrow as pa

__all__ = [
    "BLOCK",
    "DONE",
    "FAILED",
    "LARGE",
    "MORE",
    "OPENED",
    "READ",
    "STOP",
    "Frame",
    "Wire",
    "WireClosedError",
]

READ = b"R"
"""To the child: read the file whose descriptor comes along."""
OPENED = b"O"
"""From the child: what the file holds, JSON."""
BLOCK = b"B"
"""From the child: an Arrow IPC stream."""
LARGE = b"L"
"""From the child: one in a file in memory, whose descriptor follows."""
DONE = b"D"
"""From the child: that was all; JSON with the number of rows."""
FAILED = b"F"
"""From the child: the file cannot be read; JSON with the reason."""
MORE = b"M"
"""To the child: the next block, please."""
STOP = b"S"
"""To the child: no more of this file, please."""

_HEAD = struct.Struct("!cQ")

Frame: TypeAlias = "tuple[bytes, bytearray]"


class WireClosedError(Exception):
    """The other end is gone."""


class Wire:
    """One end of a connection.

    Args:
        connection: A connected stream socket.
    """

    def __init__(self, connection: socket.socket) -> None:
        """Keep the socket."""
        self._socket = connection

    def send(self, tag: bytes, content: Mapping[str, object] | pa.Buffer | None = None) -> None:
        """Send one frame.

        Raises:
            WireClosedError: When nobody is there to take it.
        """
        body = json.dumps(content).encode() if isinstance(content, Mapping) else (content or b"")
        view = memoryview(body).cast("B") if len(body) else memoryview(b"")
        try:
            self._socket.sendall(_HEAD.pack(tag, len(view)))
            self._socket.sendall(view)
        except OSError as error:
            raise WireClosedError from error

    def receive(self) -> Frame:
        """Wait for one frame.

        Raises:
            WireClosedError: When the other end is gone, or has been silent for too long.
        """
        tag, size = _HEAD.unpack(self._exactly(_HEAD.size))
        return tag, self._exactly(size)

    def _exactly(self, size: int) -> bytearray:
        content = bytearray(size)
        view, taken = memoryview(content), 0
        while taken < size:
            try:
                count = self._socket.recv_into(view[taken:])
            except OSError as error:
                raise WireClosedError from error
            if not count:
                raise WireClosedError
            taken += count
        return content

    def send_descriptor(self, descriptor: int) -> None:
        """Lend an open file to the other end.

        Raises:
            WireClosedError: When nobody is there to take it.
        """
        try:
            socket.send_fds(self._socket, [b"@"], [descriptor])
        except OSError as error:
            raise WireClosedError from error

    def receive_descriptor(self) -> int:
        """Take an open file from the other end, to be closed.

        Raises:
            WireClosedError: When the other end is gone.
            OSError: When this process may open no more files.
        """
        try:
            mark, descriptors, _, _ = socket.recv_fds(self._socket, 1, 1)
        except OSError as error:
            raise WireClosedError from error
        if not mark:
            raise WireClosedError
        if not descriptors:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return descriptors[0]

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
