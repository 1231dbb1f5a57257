"""A site written into a folder: what changed, and no more; pages that are gone go, files of others stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from lake_assets.errors import StorageError
from lake_assets.storage.files import FileStore

__all__ = ["Written", "listed_files", "write_files"]

_LIST = "lake-docs.json"
"""Names the files that are ours: those of the last site that was begun, and of the one before it."""


@dataclass(frozen=True)
class Written:
    """What became of a site.

    Args:
        files: All it consists of.
        changed: Those that were written.
        removed: Those that were taken away.
    """

    files: int
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def write_files(store: FileStore, folder: str, files: Iterable[tuple[str, bytes]]) -> Written:
    """Bring a folder to hold some files; a file that has these bytes already is not touched.

    Args:
        store: Where the folder is.
        folder: Its path; empty for the root of the store.
        files: By their paths in the folder.

    Raises:
        StorageError: When one would take the place of a file that no site of ours has written, or the folder cannot be
            written to.
    """
    wanted = dict(files)
    try:
        return _brought_to(store, folder, wanted)
    except OSError as error:
        mend = "choose a folder that can be written to, or let others finish with it"
        what = f"the site cannot be written: {error.strerror or error}"
        raise StorageError(what, place=str(error.filename or folder), mend=mend) from error


def _brought_to(store: FileStore, folder: str, wanted: dict[str, bytes]) -> Written:
    before = _listed(store, _under(folder, _LIST))
    if before is None:
        _refuse_others(store, folder, wanted)
    ours = sorted({*(before or ()), *wanted})
    if ours != before:
        _write(store, _under(folder, _LIST), _list_of(ours))
    changed = tuple(path for path, held in wanted.items() if _held(store, _under(folder, path)) != held)
    for path in changed:
        _write(store, _under(folder, path), wanted[path])
    removed = tuple(path for path in ours if path not in wanted)
    if removed:
        store.delete([_under(folder, path) for path in removed])
        _write(store, _under(folder, _LIST), _list_of(sorted(wanted)))
    return Written(len(wanted), changed, removed)


def listed_files(store: FileStore, folder: str) -> list[str]:
    """The paths of the files of a site in its store, the list of them last; none where no site has been begun.

    Raises:
        StorageError: When the list is damaged.
    """
    ours = _listed(store, _under(folder, _LIST))
    return [] if ours is None else [_under(folder, path) for path in (*ours, _LIST)]


def _under(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder else path


def _held(store: FileStore, path: str) -> bytes | None:
    """The bytes of a file; None where there is none."""
    try:
        with store.open(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _listed(store: FileStore, path: str) -> list[str] | None:
    """The files that are ours; None where no site has been begun."""
    held = _held(store, path)
    if held is None:
        return None
    try:
        listed = [str(each) for each in json.loads(held)["files"]]
    except (ValueError, KeyError, TypeError) as error:
        mend = "delete the folder, and write the site again"
        raise StorageError("the list of a site's files cannot be read", place=path, mend=mend) from error
    return [each for each in listed if ".." not in each.split("/") and not each.startswith("/")]


def _list_of(paths: list[str]) -> bytes:
    return f"{json.dumps({'files': paths}, indent=1)}\n".encode()


def _refuse_others(store: FileStore, folder: str, wanted: Iterable[str]) -> None:
    taken = next((path for path in wanted if _held(store, _under(folder, path)) is not None), None)
    if taken is not None:
        mend = "choose an empty folder, or move what is there out of the way"
        what = f"{taken} is there, and no site of the lake has written it"
        raise StorageError(what, place=folder or "the folder of the site", mend=mend)


def _write(store: FileStore, path: str, held: bytes) -> None:
    with store.create(path) as stream:
        stream.write(held)
