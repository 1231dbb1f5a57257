"""What keeps a table fast and small: files merged, and files that nobody can read any more deleted."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from lake_assets.errors import CorruptTableError, StorageError
from lake_assets.model import PROVENANCE, TableRef
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.files import FileEntry
from lake_assets.storage.log import read_actions
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["RETENTION", "compact", "vacuum"]

RETENTION = timedelta(days=7)
"""How long a version stays readable after the next one, and a file may wait to be committed."""

_SMALL_ROWS = 500_000
_SHORTEST = timedelta(hours=1)
_OURS = re.compile(r"[^_.][^/]*\.parquet|_delta_log/\d{20}\.json#\d+")
"""Data files, and log entries that a killed writer had prepared but not put in place."""


def compact(table: Table) -> Table:
    """Merge files of fewer than half a million rows into files of up to a million; no row changes.

    Args:
        table: The table; another writer may commit to it meanwhile.

    Returns:
        The table after it, or as it is when there is at most one small file.
    """

    def decide(current: Table | None) -> Change | None:
        if current is None or current.incarnation != table.incarnation:
            return None
        small = _small_files(current)
        if small.height < 2:  # noqa: PLR2004 - one file alone cannot be merged
            return None
        paths = small["path"].to_list()
        return Change(
            current.schema,
            _merged(current, paths, int(small["num_records"].sum())),
            paths,
            is_data_change=False,
        )

    return commit(table.root, table.ref, decide) or table


def _small_files(table: Table) -> pl.DataFrame:
    """Oldest rows first, so that files that are read together stay together."""
    oldest = [name for name in (f"min.{PROVENANCE[0]}", "modification_time") if name in table.files.columns]
    return table.files.filter(pl.col("num_records") < _SMALL_ROWS).sort(*oldest, "path")


def _merged(table: Table, paths: list[str], rows: int) -> list[DataFile]:
    """The same rows in fewer files, counted."""
    merged = write_data_files(table.root, table.ref, table.scan_files(paths))
    written = sum(file.rows for file in merged)
    if written != rows:
        discard(table.root, table.ref, merged)
        what = f"the small files hold {written} rows where the log says {rows}"
        raise CorruptTableError(
            what, place=f"table {table.ref}", mend="rebuild the table from the zone before it"
        )
    return merged


def vacuum(
    root: LakeRoot,
    ref: TableRef,
    older_than: timedelta = RETENTION,
    *,
    spare: Collection[str] = (),
    now: datetime | None = None,
) -> list[FileEntry]:
    """Delete the files of a table that no version within the retention holds, and the orphans of runs that died.

    Nothing is committed. A file younger than the retention is never touched: it may be waiting for its commit.

    Args:
        root: The lake.
        ref: The table. Where there is none nothing is deleted: its log may only have been moved away.
        older_than: The retention, an hour at least.
        spare: Paths under the table's folder to leave whatever their age: files that a leader's note names and that
            the table has not taken in yet.
        now: The time to reckon from; the default is this moment.

    Returns:
        What was deleted.

    Raises:
        StorageError: When the retention is shorter than an hour.
    """
    if older_than < _SHORTEST:
        mend = "keep files for an hour at least, longer than any run takes"
        raise StorageError(f"a retention of {older_than} is too short", place=f"table {ref}", mend=mend)
    since = (now or datetime.now(UTC)) - older_than
    table = find_table(root, ref)
    if table is None:
        return []
    held = {*spare, *_held_since(table, since)}
    dead = [entry for entry in root.files.list(ref.path) if _is_dead(entry, ref, held, since)]
    root.files.delete([entry.path for entry in dead])
    return dead


def _held_since(table: Table, since: datetime) -> set[str]:
    """Paths of the files that the newest version holds, and of those that a commit since then removed."""
    held = set(table.files["path"].to_list()) if table.files.height else set()
    for version in range(table.version, -1, -1):
        actions = list(read_actions(table.root, table.ref, version))
        if any(_made_before(action, since) for action in actions):
            break
        held |= {action["remove"]["path"] for action in actions if "remove" in action}
    return held


def _made_before(action: dict[str, Any], moment: datetime) -> bool:
    return "commitInfo" in action and action["commitInfo"]["timestamp"] < moment.timestamp() * 1000


def _is_dead(entry: FileEntry, ref: TableRef, held: Collection[str], since: datetime) -> bool:
    path = entry.path.removeprefix(f"{ref.path}/")
    return path not in held and entry.modified_s < since.timestamp() and bool(_OURS.fullmatch(path))
