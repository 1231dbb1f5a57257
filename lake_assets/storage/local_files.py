"""Files of a lake root that is a folder on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from lake_assets.storage.files import FileEntry

__all__ = ["LocalFiles", "sync_path"]

_SYNC_THREADS = 8
_UNFINISHED = ".lake-part"


class LocalFiles:
    """A `FileStore` over a folder.

    Args:
        folder: Absolute; created when first written to.
    """

    def __init__(self, folder: str) -> None:
        """Keep the folder."""
        self._folder = Path(folder)
        self._above = set(self._folder.parents)

    @contextmanager
    def create(self, path: str) -> Iterator[BinaryIO]:
        """Write under a name of its own, renamed when complete, removed on failure."""
        target = self._folder / path
        part = target.with_name(f".{uuid4().hex}{_UNFINISHED}")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                yield stream
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open for reading."""
        with (self._folder / path).open("rb") as stream:
            yield stream

    def list(self, prefix: str) -> Iterator[FileEntry]:
        """Walk the folder; what is still being written is not there."""
        for folder, _, names in os.walk(self._folder / prefix):
            for name in (name for name in names if not name.endswith(_UNFINISHED)):
                full = Path(folder, name)
                try:
                    status = full.stat()
                except FileNotFoundError:
                    continue
                yield FileEntry(full.relative_to(self._folder).as_posix(), status.st_size, status.st_mtime)

    def folders(self, prefix: str) -> Iterator[str]:
        """Look into the folder."""
        folder = self._folder / prefix
        if folder.is_dir():
            yield from (each.name for each in folder.iterdir() if each.is_dir())

    def copy(self, old: str, new: str) -> None:
        """Link the same bytes under the second path: landed files are never written again."""
        target = self._folder / new
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self._folder / old, target)
        except FileExistsError:
            return
        except OSError:
            with self.open(old) as source, self.create(new) as copy:
                shutil.copyfileobj(source, copy, 1 << 20)

    def delete(self, paths: Sequence[str]) -> None:
        """Unlink each."""
        for path in paths:
            (self._folder / path).unlink(missing_ok=True)

    def delete_folder(self, prefix: str) -> None:
        """Remove the tree."""
        shutil.rmtree(self._folder / prefix, onerror=_unless_gone)

    def tail(self, path: str, size_bytes: int) -> bytes:
        """Read from the end."""
        with self.open(path) as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - size_bytes))
            return stream.read()

    def make_durable(self, paths: Sequence[str]) -> None:
        """Sync the files, then every folder between them and the root; the first time those above the root too."""
        full = [self._folder / path for path in paths]
        if len(full) > 1:
            with ThreadPoolExecutor(_SYNC_THREADS) as pool:
                list(pool.map(sync_path, full))
        else:
            list(map(sync_path, full))
        for folder in {parent for path in full for parent in path.parents} - set(self._folder.parents):
            sync_path(folder)
        self._sync_above()

    def _sync_above(self) -> None:
        above, self._above = self._above, set()
        for folder in above:
            with suppress(PermissionError):
                sync_path(folder)


def _unless_gone(_: object, __: str, raised: tuple[type[BaseException], BaseException, object]) -> None:
    if not isinstance(raised[1], FileNotFoundError):
        raise raised[1]


def sync_path(path: Path) -> None:
    """Make the bytes of a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
