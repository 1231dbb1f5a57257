"""Files of a lake root that is a folder on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
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
        # Paths are joined as text: a path object costs as much as a small file does.
        self._base = str(self._folder)
        self._above = set(self._folder.parents)

    @contextmanager
    def create(self, path: str) -> Iterator[BinaryIO]:
        """Write under a name of its own, renamed when complete, removed on failure."""
        folder, _, name = f"{self._base}/{path}".rpartition("/")
        part = f"{folder}/.{uuid4().hex}{_UNFINISHED}"
        made = _made(folder, part)
        try:
            with made as stream:
                yield stream
            os.replace(part, f"{folder}/{name}")  # noqa: PTH105 - see above
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def claim(self, path: str, content: bytes = b"") -> bool:
        """Write under a name of its own, then link: a name that is taken refuses, as in a Delta log."""
        folder, _, name = f"{self._base}/{path}".rpartition("/")
        part = f"{folder}/.{uuid4().hex}{_UNFINISHED}"
        try:
            with _made(folder, part) as stream:
                stream.write(content)
            os.link(part, f"{folder}/{name}")
        except FileExistsError:
            return False
        finally:
            Path(part).unlink(missing_ok=True)
        return True

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open for reading."""
        with open(f"{self._base}/{path}", "rb") as stream:  # noqa: PTH123 - see above
            yield stream

    def list(self, prefix: str) -> Iterator[FileEntry]:
        """Walk the folder; what is still being written is not there."""
        for folder, _, names in os.walk(self._folder / prefix):
            below = folder[len(self._base) :].lstrip("/")
            for name in (name for name in names if not name.endswith(_UNFINISHED)):
                try:
                    status = os.stat(f"{folder}/{name}")  # noqa: PTH116 - see above
                except FileNotFoundError:
                    continue
                yield FileEntry(f"{below}/{name}" if below else name, status.st_size, status.st_mtime)

    def folders(self, prefix: str) -> Iterator[str]:
        """Look into the folder."""
        folder = self._folder / prefix
        if folder.is_dir():
            yield from (each.name for each in folder.iterdir() if each.is_dir())

    def copy(self, old: str, new: str) -> None:
        """Link the same bytes under the second path: landed files are never written again."""
        try:
            self._link(f"{self._base}/{old}", f"{self._base}/{new}")
        except FileExistsError:
            return
        except OSError:
            with self.open(old) as source, self.create(new) as copy:
                shutil.copyfileobj(source, copy, 1 << 20)

    def _link(self, old: str, new: str) -> None:
        try:
            os.link(old, new)
        except FileNotFoundError:
            os.makedirs(new.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - see above
            os.link(old, new)

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
        full = [f"{self._base}/{path}" for path in paths]
        shares = [full[start::_SYNC_THREADS] for start in range(min(_SYNC_THREADS, len(full)))]
        if len(shares) > 1:
            with ThreadPoolExecutor(_SYNC_THREADS) as pool:
                list(pool.map(_sync_all, shares))
        else:
            list(map(_sync_all, shares))
        _sync_all(self._folders_above(paths) if paths else ())
        self._sync_above()

    def _folders_above(self, paths: Sequence[str]) -> set[str]:
        """Every folder between some files and the root, the root too."""
        folders = {path.rpartition("/")[0] for path in paths}
        found = {self._base}
        while folders := folders - found - {""}:
            found |= folders
            folders = {folder.rpartition("/")[0] for folder in folders}
        return {folder if folder == self._base else f"{self._base}/{folder}" for folder in found}

    def _sync_above(self) -> None:
        above, self._above = self._above, set()
        for folder in above:
            with suppress(PermissionError):
                sync_path(folder)


def _unless_gone(_: object, __: str, raised: tuple[type[BaseException], BaseException, object]) -> None:
    if not isinstance(raised[1], FileNotFoundError):
        raise raised[1]


def _made(folder: str, path: str) -> BinaryIO:
    """A new file in a folder, which is made when it is not there."""
    try:
        return open(path, "wb")  # noqa: PTH123 - closed by the caller
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        return open(path, "wb")  # noqa: PTH123


def _sync_all(paths: Iterable[str]) -> None:
    for path in paths:
        sync_path(path)


def sync_path(path: str | Path) -> None:
    """Make the bytes of a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
