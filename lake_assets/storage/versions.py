"""Tables as they were: older versions opened, and files that nobody can read any more told before they are read."""

from __future__ import annotations

from collections.abc import Iterable

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from lake_assets.errors import StorageError
from lake_assets.model import TableRef
from lake_assets.storage.delta_errors import reason
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, open_table

__all__ = ["open_version", "refuse_gone"]

_FEW = 16
"""So many files are looked for one by one; of more, the folder is listed."""


def open_version(root: LakeRoot, ref: TableRef, version: int) -> Table:
    """Open a table as it was.

    Args:
        root: The lake.
        ref: The table.
        version: A Delta version.

    Raises:
        UnknownTableError: When there is no such table.
        StorageError: When it never had that version, or the log of it is gone.
    """
    newest = open_table(root, ref)
    if version == newest.version:
        return newest
    if not 0 <= version < newest.version:
        mend = f"name one from 0 to {newest.version}; `lake history {ref}` tells of each"
        raise StorageError(f"{ref} has no version {version}", place=f"table {ref}", mend=mend)
    try:
        options = root.storage_options or None
        return Table(root, ref, DeltaTable(root.table_uri(ref), version=version, storage_options=options))
    except DeltaError as error:
        mend = f"name a later version; `lake history {ref}` tells which there are"
        what = f"version {version} cannot be read any more: {reason(error)}"
        raise StorageError(what, place=f"table {ref}", mend=mend) from error


def refuse_gone(table: Table, paths: Iterable[str] | None = None) -> None:
    """Refuse to read a version of which data files have been vacuumed.

    Args:
        table: The table at that version.
        paths: The files that are to be read; all of the version by default.

    Raises:
        StorageError: Saying how many are gone.
    """
    wanted = list(table.files["path"] if table.files.height else []) if paths is None else list(paths)
    gone = _gone(table, wanted)
    if gone:
        raise StorageError(
            f"{len(gone):,} of the {len(wanted):,} files to read have been vacuumed (first: {gone[0]})",
            place=f"table {table.ref}, version {table.version}",
            mend=f"name a later version; `lake history {table.ref}` tells which there are",
        )


def _gone(table: Table, paths: list[str]) -> list[str]:
    ours = {path: f"{table.ref.path}/{path}" for path in paths if "://" not in path and path[:1] != "/"}
    if len(ours) <= _FEW:
        return [path for path, place in ours.items() if not _is_there(table.root, place)]
    there = {entry.path for entry in table.root.files.list(table.ref.path)}
    return [path for path, place in ours.items() if place not in there]


def _is_there(root: LakeRoot, path: str) -> bool:
    try:
        root.files.tail(path, 1)
    except FileNotFoundError:
        return False
    return True
