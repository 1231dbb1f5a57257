"""Tables found and opened, whole and durable."""

from __future__ import annotations

from pathlib import Path

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError

from lake_assets.errors import CorruptTableError, StorageError, UnknownTableError
from lake_assets.model import TableRef
from lake_assets.storage.delta_errors import reason
from lake_assets.storage.local_files import sync_path
from lake_assets.storage.log import entry_path, log_path
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.snapshot import Note, Table
from lake_assets.storage.torn import refuse_empty_entries, set_aside_torn

__all__ = ["Note", "Table", "find_table", "open_table", "settle"]

_SETTLED: dict[Path, tuple[int, int, int]] = {}
"""Of each log, the entry that this process synced last: version, inode and time of writing."""


def find_table(root: LakeRoot, ref: TableRef) -> Table | None:
    """Open a table at its newest version, or None when there is none.

    What is open is durable: whoever reads it or builds on it may rely on it after a loss of power.

    Raises:
        CorruptTableError: When its log is damaged other than by a loss of power.
        StorageError: When the lake root cannot be reached.
    """
    table = _find_sound(root, ref)
    if table is not None:
        settle(table)
    return table


def _find_sound(root: LakeRoot, ref: TableRef, *, is_again: bool = False) -> Table | None:
    """Open a table; set aside what is torn and open again, once more also where another process was faster at it."""
    log = root.local_path(log_path(ref))
    try:
        table = _load(root, ref)
        if table is not None and root.is_local:
            refuse_empty_entries(log, ref, table.version)
    except CorruptTableError:
        is_mended = root.is_local and set_aside_torn(log)
        if is_again and not is_mended:
            raise
        return _find_sound(root, ref, is_again=not is_mended)
    return table


def open_table(root: LakeRoot, ref: TableRef) -> Table:
    """Open a table at its newest version.

    Raises:
        UnknownTableError: When there is none.
        CorruptTableError: See `find_table`.
        StorageError: See `find_table`.
    """
    table = find_table(root, ref)
    if table is None:
        mend = "materialise it first, or list what there is with `lake tables`"
        raise UnknownTableError(f"the lake has no table {ref}", place=root.uri, mend=mend)
    return table


def settle(table: Table) -> None:
    """Return once the newest log entry survives a loss of power; delta-rs does not see to it.

    All entries before it do: nothing is written on top of an entry that has not been settled. With the first entry
    go the folders above it. A process settles an entry once.
    """
    if not table.root.is_local:
        return
    try:
        _sync(table)
    except OSError as error:
        mend = "check the disk, then run again: what is committed is found and not repeated"
        raise StorageError(
            f"the log cannot be synced: {error}", place=f"table {table.ref}", mend=mend
        ) from error


def _sync(table: Table) -> None:
    path = table.root.local_path(entry_path(table.ref, table.version))
    status = path.stat()
    entry = (table.version, status.st_ino, status.st_mtime_ns)
    if _SETTLED.get(path.parent) == entry:
        return
    if table.version == 0:
        table.root.files.make_durable([entry_path(table.ref, 0)])
    else:
        sync_path(path)
        sync_path(path.parent)
    _SETTLED[path.parent] = entry


def _load(root: LakeRoot, ref: TableRef) -> Table | None:
    place = f"table {ref} in {root.uri}"
    try:
        return Table(root, ref, DeltaTable(root.table_uri(ref), storage_options=root.storage_options or None))
    except TableNotFoundError:
        return None
    except DeltaError as error:
        mend = "restore the table's log from a copy, or rebuild the table from the zone before it"
        raise CorruptTableError(reason(error), place=place, mend=mend) from error
    except OSError as error:
        mend = "check that the lake root exists and that its credentials are right"
        raise StorageError(reason(error), place=place, mend=mend) from error
