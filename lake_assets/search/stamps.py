"""What an index is made of, as numbers that change when it does: read from folders alone, in milliseconds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lake_assets.model import Zone
from lake_assets.storage.files import FileStore

__all__ = ["Stamps", "stamps_of"]

_DECLARING = (".yaml", ".yml", ".sql", ".py")
_LOG = "_delta_log"


@dataclass(frozen=True)
class Stamps:
    """The state of a lake and of its declarations.

    Args:
        declarations: Changes when a file of declarations does.
        tables: By `zone.table`, a number that changes with each commit.
    """

    declarations: str
    tables: dict[str, int]


def stamps_of(root: str, files: FileStore | None, folders: Iterable[Path]) -> Stamps:
    """The state as it is now.

    Args:
        root: The folder of the lake.
        files: The files of a lake that is no folder of this machine; None for one that is.
        folders: The folders of declarations.
    """
    tables = _listed(files) if files else _seen(Path(root))
    return Stamps(_declarations(folders), dict(sorted(tables)))


def _seen(root: Path) -> Iterator[tuple[str, int]]:
    """By the time at which the folder of each table's log got its last entry."""
    for zone in (zone for zone in Zone if zone.holds_tables):
        base = root / zone.value
        for entry in os.scandir(base) if base.is_dir() else ():
            try:
                yield f"{zone.value}.{entry.name}", os.stat(f"{entry.path}/{_LOG}").st_mtime_ns  # noqa: PTH116 - thousands
            except (FileNotFoundError, NotADirectoryError):
                continue


def _listed(files: FileStore) -> Iterator[tuple[str, int]]:
    """By the number of entries of each table's log and the time of the last."""
    found: dict[str, int] = {}
    for zone in (zone for zone in Zone if zone.holds_tables):
        for entry in files.list(zone.value):
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
