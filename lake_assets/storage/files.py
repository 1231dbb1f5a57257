"""Files under a lake root, whatever holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

__all__ = ["FileEntry", "FileStore"]


@dataclass(frozen=True)
class FileEntry:
    """A file as a listing shows it.

    Args:
        path: Under the root.
        size_bytes: Its size.
        modified_s: When it was written, in seconds since the epoch.
    """

    path: str
    size_bytes: int
    modified_s: float


class FileStore(Protocol):
    """What the lake needs of the place that holds its files. All paths are relative to the root."""

    def create(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open a file for writing; it is there, complete, once the context ends without an exception."""
        ...

    def claim(self, path: str, content: bytes = b"") -> bool:
        """Make a file where there is none, complete at once; False when there is one. Of all that try one makes it."""
        ...

    def open(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open a file for reading. Raises `FileNotFoundError`."""
        ...

    def tail(self, path: str, size_bytes: int) -> bytes:
        """The last bytes of a file, or all of a shorter one. Raises `FileNotFoundError`."""
        ...

    def list(self, prefix: str) -> Iterator[FileEntry]:
        """List the files below a folder, in no order; nothing when there is no such folder."""
        ...

    def folders(self, prefix: str) -> Iterator[str]:
        """Name the folders right below a folder, in no order; nothing when there is no such folder."""
        ...

    def copy(self, old: str, new: str) -> None:
        """Make the same bytes stand under a second path, sharing them where the place can."""
        ...

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files; one that is gone already is not an error."""
        ...

    def delete_folder(self, prefix: str) -> None:
        """Delete a folder and all below it; one that is gone already is not an error."""
        ...

    def make_durable(self, paths: Sequence[str]) -> None:
        """Return once the bytes and the names of these files survive a loss of power."""
        ...
