"""What an index is made of, as numbers that change when it does: read from folders alone, in milliseconds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lake_assets.storage.files import FileStore


__all__ = ["Stamps", "stamps_of"]

_DECLARING = (".yaml", ".yml", ".sql", ".py")
_LOG = "_delta_log"
_LANDING = {"temporary_landing", "persistent_landing", "landing_notes"}
"""Folders of files; `lake_assets.model` knows the zones, but its import would take longer than a search."""


@dataclass(frozen=True)
class Stamps:
    """The state of a lake and of its declarations.

    Args:
        declarations: Changes when a file of declarations does.
        tables: By `zone.table`, a number that changes with each commit.
    """

    declarations: str
    tables: dict[str, int]

    @property
    def digest(self) -> str:
        """The whole state in a few letters."""
        told = "\n".join(f"{name} {stamp}" for name, stamp in self.tables.items())
        return f"{self.declarations}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def stamps_of(root: str, files: FileStore | None, folders: Iterable[Path]) -> Stamps:
    """The state as it is now.

    Args:
        root: The folder of the lake.
        files: The files of a lake that is no folder of this machine; None for one that is.
        folders: The folders of declarations.
    """
    tables = _listed(files) if files else _seen(root)
    return Stamps(_declarations(folders), dict(sorted(tables)))


def _seen(root: str) -> Iterator[tuple[str, int]]:
    """By the time at which the folder of each table's log got its last entry."""
    for zone in _folders(root):
        for table in _folders(zone.path):
            try:
                changed = os.stat(f"{table.path}/{_LOG}").st_mtime_ns  # noqa: PTH116 - there are thousands
            except (FileNotFoundError, NotADirectoryError):
                continue
            yield f"{zone.name}.{table.name}", changed


def _folders(path: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            yield from (entry for entry in entries if entry.is_dir())
    except FileNotFoundError:
        return


def _listed(files: FileStore) -> Iterator[tuple[str, int]]:
    """By the time at which the last entry of each table's log was written."""
    found: dict[str, int] = {}
    for zone in sorted(files.folders("")):
        for entry in files.list(zone) if zone not in _LANDING else ():
            parts = entry.path.split("/")
            if _LOG in parts:
                name = f"{parts[0]}.{parts[1]}"
                found[name] = max(found.get(name, 0), int(entry.modified_s * 1_000_000))
    yield from found.items()


def _declarations(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for told in sorted(_told(str(folder))):
            digest.update(told.encode())
    return digest.hexdigest()[:16]


def _told(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "__")):
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                    elif entry.name.endswith(_DECLARING):
                        status = entry.stat()
                        yield f"{entry.path[len(folder) :]}\0{status.st_mtime_ns}\0{status.st_size}\n"
        except FileNotFoundError:
            continue
