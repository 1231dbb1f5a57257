"""A Delta table of the lake at one version: what it holds, what it has consumed, what its commits say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import polars as pl
from deltalake import DeltaTable

from lake_assets.errors import CorruptTableError
from lake_assets.model import TableRef
from lake_assets.storage.log import read_commits
from lake_assets.storage.root import LakeRoot

__all__ = ["NOTE", "Note", "Table", "note_in"]

NOTE = "lake"
"""Where Delta's `commitInfo` keeps our note."""


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
        return str(self.delta.metadata().id)

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
        if self.root.is_local and quote(self.root.uri) != self.root.uri:
            # Polars asks delta-rs for the paths, which spells them as a URL: it would look for `my%20lake`.
            paths = self.files["path"].to_list() if self.files.height else []
            return self.scan_files(paths) if paths else pl.LazyFrame(schema=self.schema)
        return pl.scan_delta(self.delta, storage_options=self.root.storage_options or None)

    def scan_files(self, paths: Sequence[str]) -> pl.LazyFrame:
        """The rows of some data files, in the order of the files."""
        return pl.scan_parquet(
            self.uris(paths),
            glob=False,
            schema=self.schema,
            missing_columns="insert",
            storage_options=self.root.storage_options or None,
        )

    def uris(self, paths: Sequence[str]) -> list[str]:
        """Full paths of data files, for a scan of some of them."""
        base = self.root.table_uri(self.ref)
        return [path if "://" in path or path.startswith("/") else f"{base}/{path}" for path in paths]

    def notes(self, after: int | None) -> list[Note]:
        """What the commits after a version, up to this one, say of themselves, oldest first.

        Commits of maintenance say nothing.

        Args:
            after: A version, or None for all.

        Raises:
            CorruptTableError: When the log entry of such a commit is gone.
        """
        return list(self._notes(range(0 if after is None else after + 1, self.version + 1)))

    def last_note(self) -> Note | None:
        """What the newest commit that says something says of itself."""
        return next(
            (note for version in range(self.version, -1, -1) for note in self._notes([version])), None
        )

    def note_at(self, version: int) -> Note | None:
        """What the commit that made a version says of itself; None where it says nothing.

        Raises:
            CorruptTableError: When its log entry is gone.
        """
        return next(self._notes([version]), None)

    def _notes(self, versions: Sequence[int]) -> Iterator[Note]:
        for version, commit in read_commits(self.root, self.ref, versions):
            if commit is None:
                mend = "restore the table's log from a copy, or rebuild the tables that follow this one"
                raise CorruptTableError(f"log entry {version} is gone", place=f"table {self.ref}", mend=mend)
            said = note_in(commit)
            if said is not None:
                yield Note(version, said)


def note_in(commit: Mapping[str, Any]) -> dict[str, Any] | None:
    """Our note in what a commit says of itself, Delta's `commitInfo`; None where it holds none."""
    return json.loads(commit[NOTE]) if NOTE in commit else None
