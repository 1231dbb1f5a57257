"""What is said between this process and the child, about one file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from mmap import mmap
from typing import cast

from lake_assets.formats.apart.memory_file import NotSealedError, mapped
from lake_assets.formats.apart.wire import (
    BLOCK,
    DONE,
    FAILED,
    LARGE,
    MORE,
    OPENED,
    READ,
    STOP,
    Wire,
    WireClosedError,
)

__all__ = ["Conversation", "UnreadError"]

_BLOCKS = (BLOCK, LARGE)


class UnreadError(Exception):
    """The child says why it cannot read the file.

    Args:
        reason: As it says.
        is_bomb: Whether far more came out of the file than its size lets expect.
    """

    def __init__(self, reason: str, *, is_bomb: bool) -> None:
        """Keep both."""
        super().__init__(reason)
        self.is_bomb = is_bomb


class Conversation:
    """Questions and answers: a block is asked for when the one before it came, while that is worked on here.

    Args:
        wire: To a child that is free.
    """

    def __init__(self, wire: Wire) -> None:
        """Nothing is asked yet."""
        self._wire = wire
        self._last = DONE

    def open(self, descriptor: int, request: dict[str, object]) -> dict[str, object]:
        """Hand over the file.

        Args:
            descriptor: Of the file, open.
            request: Which reader reads it, and how.

        Returns:
            What the child says about it.

        Raises:
            UnreadError: When it cannot be opened.
        """
        self._wire.send_descriptor(descriptor)
        self._wire.send(READ, request)
        return self._said(*self._wire.receive())

    def blocks(self) -> Iterator[bytearray | mmap]:
        """All blocks, each an Arrow IPC stream.

        Raises:
            UnreadError: When the rest cannot be read.
        """
        self._wire.send(MORE)
        self._last = MORE
        while (answer := self._wire.receive())[0] in _BLOCKS:
            block = answer[1] if answer[0] == BLOCK else self._mapped()
            self._wire.send(MORE)
            yield block
        self._said(*answer)

    def stop(self) -> None:
        """Ask for no more, so that the child is free again."""
        if self._last == MORE:
            self._last = self._wire.receive()[0]
        if self._last == LARGE:
            os.close(self._wire.receive_descriptor())
        if self._last in {OPENED, *_BLOCKS}:
            self._wire.send(STOP)
            self._last = self._wire.receive()[0]

    def _mapped(self) -> mmap:
        try:
            return mapped(self._wire.receive_descriptor())
        except NotSealedError as error:
            raise WireClosedError from error

    def _said(self, tag: bytes, content: bytearray) -> dict[str, object]:
        self._last = tag
        said = cast("dict[str, object]", json.loads(content))
        if tag == FAILED:
            raise UnreadError(str(said["reason"]), is_bomb=bool(said["is_bomb"]))
        return said
