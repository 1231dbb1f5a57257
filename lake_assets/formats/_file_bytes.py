"""The bytes of a landed file, decompressed, wherever it lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from lake_assets.errors import DecodeError, StorageError
from lake_assets.formats._decompression import DAMAGE, decompressed, is_of_the_machine
from lake_assets.formats.apart.limits import Expansion, TooLargeError
from lake_assets.model import LandedFile
from lake_assets.storage.root import LakeRoot

__all__ = ["FileBytes"]

_HEAD_BYTES = 64 << 10
_CHUNK_BYTES = 1 << 20
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz"}
_RATIO = 250


@dataclass(frozen=True)
class FileBytes:
    """A landed file that is read from its start, as often as wanted, a chunk at a time.

    Args:
        file: The file.
        location: Its full path or URI.
        storage_options: Access to it, when it is not on this machine.
        max_ratio: How many times its size it may be when it is decompressed, beyond 1 GiB.
    """

    file: LandedFile
    location: str
    storage_options: dict[str, str] = field(default_factory=dict, repr=False)
    max_ratio: int = _RATIO

    @property
    def place(self) -> str:
        """Where an error is: the dataset, where there is one, and the file."""
        dataset = f"dataset {self.file.dataset}, " if self.file.dataset else ""
        return f"{dataset}file {self.file.name}"

    @cached_property
    def compression(self) -> str:
        """`gzip`, `zstd`, `bzip2`, `xz` or `plain`, by the first bytes."""
        return next((name for magic, name in _MAGIC.items() if self.stored.startswith(magic)), "plain")

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, or all there is; never nothing.

        Raises:
            DecodeError: When the file is empty, or its compression is damaged here.
        """
        head = self.stored if self.compression == "plain" else next(self._read(_HEAD_BYTES), b"")
        if not head:
            raise DecodeError("the file is empty", place=self.place, mend="let the source send it again")
        return head

    @property
    def is_small(self) -> bool:
        """Whether the head is all there is."""
        return len(self.head) < _HEAD_BYTES

    def chunks(self, size: int = _CHUNK_BYTES) -> Iterator[bytes]:
        """Read the file from its start.

        Args:
            size: Of each chunk but the last, in bytes.

        Raises:
            DecodeError: When the file is not of the size that was landed, or compressed data are cut, damaged, or out
                of all proportion.
            StorageError: When the file cannot be read.
        """
        return iter([self.head]) if self.is_small and self.compression == "plain" else self._read(size)

    @contextmanager
    def on_disk(self) -> Iterator[BinaryIO]:
        """Open the file, decompressed, on this machine and where any part of it can be read.

        Raises:
            DecodeError: As `chunks` does.
            StorageError: When the file cannot be read.
        """
        if "://" not in self.location and self.compression == "plain":
            with self._open() as stream:
                self._check_size(os.fstat(stream.fileno()).st_size)
                yield stream
            return
        with TemporaryFile() as copy:
            for chunk in self._read(_CHUNK_BYTES):
                copy.write(chunk)
            copy.seek(0)
            yield cast("BinaryIO", copy)

    @cached_property
    def stored(self) -> bytes:
        """The first 64 KiB as they were landed, or all there is.

        Raises:
            DecodeError: When the file is not of the size that was landed.
        """
        with self._open() as stream:
            stored = _full(stream, _HEAD_BYTES)
        if len(stored) < _HEAD_BYTES:
            self._check_size(len(stored))
        return stored

    def _read(self, size: int) -> Iterator[bytes]:
        expansion = Expansion(self.file.size_bytes, self.max_ratio)
        try:
            with self._open() as raw, decompressed(raw, self.compression) as stream:
                while chunk := _full(stream, size):
                    expansion.add(len(chunk))
                    yield chunk
                if self.compression == "plain":
                    self._check_size(expansion.total)
        except TooLargeError as error:
            raise self._bomb(error) from error
        except DAMAGE as error:
            raise self._unreadable(error) from error

    def _bomb(self, error: TooLargeError) -> DecodeError:
        mend = "declare a larger max_ratio under format, if the file is what it should be"
        return DecodeError(f"the {self.compression} data are a bomb: {error}", place=self.place, mend=mend)

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        folder, _, name = self.location.rpartition("/")
        is_here = "://" not in self.location
        try:
            # Straight, where it lies on this machine: of ten thousand small files each is opened.
            with (
                open(self.location, "rb")  # noqa: PTH123 - a path object costs as much as the read
                if is_here
                else LakeRoot(folder, self.storage_options).files.open(name)
            ) as stream:
                yield stream
        except FileNotFoundError as error:
            mend = "restore it from a backup of the lake root"
            raise StorageError("the landed file is gone", place=self.place, mend=mend) from error

    def _check_size(self, size: int) -> None:
        if size != self.file.size_bytes:
            what = f"the file has {size:,} bytes, but {self.file.size_bytes:,} were landed"
            raise DecodeError(what, place=self.place, mend="restore it from a backup of the lake root")

    def _unreadable(self, error: Exception) -> DecodeError | StorageError:
        if self.compression == "plain" or is_of_the_machine(error):
            return StorageError(f"the file cannot be read: {error}", place=self.place, mend="try again")
        what = f"the {self.compression} data are cut or damaged: {error}"
        return DecodeError(what, place=self.place, mend="let the source send the file again, complete")


def _full(stream: BinaryIO, size: int) -> bytes:
    """Read up to a size; a network may hand over less than it is asked for."""
    parts: list[bytes] = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
