"""A Delta table of the lake at one version: what it holds, what it has consumed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from lake_assets.errors import CorruptTableError, UnknownTableError
from lake_assets.model import TableRef
from lake_assets.storage.root import LakeRoot

__all__ = ["Note", "Table", "find_table", "open_table"]

_RECENT_COMMITS = 10
"""A note is in the newest commit, or behind a few of maintenance."""


@dataclass(frozen=True)
class Note:
    """What a commit says of itself.

    Args:
        version: The version it made.
        content: As given in `Change.note`.
    """

    version: int
    content: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Table:
    """A table at the version at which it was opened.

    Args:
        root: The lake it belongs to.
        ref: Its name.
        delta: The handle that reads and writes go through.
    """

    root: LakeRoot
    ref: TableRef
    delta: DeltaTable

    @property
    def version(self) -> int:
        """The Delta version, from 0."""
        return self.delta.version()

    @cached_property
    def schema(self) -> pl.Schema:
        """Columns and their Polars types, in order."""
        return pl.Schema(self.delta.schema())

    @cached_property
    def incarnation(self) -> str:
        """The id that changes when the table is deleted and made again."""
        return self.delta.metadata().id

    @cached_property
    def files(self) -> pl.DataFrame:
        """One row per data file: `path`, `size_bytes`, `num_records`, `min.*`, `max.*`, `null_count.*`."""
        return pl.DataFrame(self.delta.get_add_actions(flatten=True))

    @property
    def row_count(self) -> int:
        """Number of rows, from the log alone."""
        return int(self.files["num_records"].sum()) if self.files.height else 0

    @property
    def size_bytes(self) -> int:
        """Bytes of the data files."""
        return int(self.files["size_bytes"].sum()) if self.files.height else 0

    def consumed(self, input_name: str) -> int | None:
        """How far the table has consumed an input; None when it never has."""
        return self.delta.transaction_version(input_name)

    @property
    def input_name(self) -> str:
        """The name under which other tables record how far they have consumed this one."""
        return f"{self.ref}@{self.incarnation}"

    def scan(self) -> pl.LazyFrame:
        """All rows, lazily, at this version."""
        return pl.scan_delta(self.delta, storage_options=self.root.storage_options or None)

    def uris(self, paths: list[str]) -> list[str]:
        """Full paths of data files, for a scan of some of them."""
        base = self.root.table_uri(self.ref)
        return [path if "://" in path or path.startswith("/") else f"{base}/{path}" for path in paths]

    def notes(self, after: int | None) -> list[Note]:
        """What the commits after a version say of themselves, oldest first; commits of maintenance say nothing.

        Args:
            after: A version, or None for all.
        """
        recent = self.delta.history(None if after is None else self.version - after)
        found = [Note(commit["version"], json.loads(commit["lake"])) for commit in recent if "lake" in commit]
        return sorted(found, key=lambda note: note.version)

    def last_note(self) -> Note | None:
        """What the newest commit of ours says of itself."""
        newest = self.notes(max(-1, self.version - _RECENT_COMMITS))
        return newest[-1] if newest else None


def find_table(root: LakeRoot, ref: TableRef) -> Table | None:
    """Open a table at its newest version, or None when there is none.

    Raises:
        CorruptTableError: When an entry of its log is empty though later ones are not.
    """
    if root.is_local:
        _set_aside_torn_entry(root.local_path(ref.path) / "_delta_log", ref)
    try:
        delta = DeltaTable(root.table_uri(ref), storage_options=root.storage_options or None)
    except TableNotFoundError:
        return None
    return Table(root, ref, delta)


def open_table(root: LakeRoot, ref: TableRef) -> Table:
    """Open a table at its newest version.

    Raises:
        UnknownTableError: When there is none.
        CorruptTableError: See `find_table`.
    """
    table = find_table(root, ref)
    if table is None:
        mend = "materialise it first, or list what there is with `lake tables`"
        raise UnknownTableError(f"the lake has no table {ref}", place=root.uri, mend=mend)
    return table


def _set_aside_torn_entry(log: Path, ref: TableRef) -> None:
    """Set aside a last log entry of zero bytes: a commit that lost power before it was acknowledged.

    delta-rs skips such an entry in silence, and the next append would build on the loss.
    """
    entries = sorted(log.glob("[0-9]*.json"))
    if not entries or entries[-1].stat().st_size:
        return
    earlier = [entry.name for entry in entries[:-1] if not entry.stat().st_size]
    if earlier:
        mend = "restore the table's log from a copy, or rebuild the table from the zone before it"
        raise CorruptTableError(f"the log entry {earlier[0]} is empty", place=f"table {ref}", mend=mend)
    entries[-1].rename(entries[-1].with_suffix(".json.torn"))
