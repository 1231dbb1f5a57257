"""The commits of a table, found by how far they had come: few of them are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lake_assets.storage.change import announcement
from lake_assets.storage.log import read_commit, read_transactions
from lake_assets.storage.snapshot import note_in
from lake_assets.storage.table import Table
from lake_assets.tracing.steps import CommitFacts

__all__ = ["Commits"]


class Commits:
    """The commits of a table up to the version at which it was opened.

    Args:
        table: The table.
    """

    def __init__(self, table: Table) -> None:
        """Read nothing yet."""
        self._table = table
        self._notes: dict[int, dict[str, Any]] = {}
        self._reached: dict[tuple[int, str], int | None] = {}

    def note(self, version: int) -> dict[str, Any]:
        """What a commit says of itself; empty where it says nothing, or is gone."""
        if version not in self._notes:
            said = read_commit(self._table.root, self._table.ref, version)
            self._notes[version] = (note_in(said) if said else None) or {}
        return self._notes[version]

    def first_reaching(self, input_name: str, position: int) -> int | None:
        """The version by which an input had been consumed up to a position; None when none had come so far.

        Args:
            input_name: As commits call the input.
            position: The position.
        """
        newest = self._table.consumed(input_name)
        if newest is None or newest < position:
            return None
        low, high = 0, self._table.version
        while low < high:
            middle = (low + high) // 2
            if self._position(middle, input_name) >= position:
                high = middle
            else:
                low = middle + 1
        return low

    def _position(self, version: int, input_name: str) -> int:
        """How far an input was consumed at a version: commits of upkeep say nothing, so those before them count."""
        for each in range(version, -1, -1):
            if (each, input_name) not in self._reached:
                taken = read_transactions(self._table.root, self._table.ref, each)
                self._reached[each, input_name] = taken.get(input_name)
            found = self._reached[each, input_name]
            if found is not None:
                return found
        return -1

    def has_announced(self, name: str) -> bool:
        """Whether a commit announced a name; see `Change.announces`."""
        return self._table.consumed(announcement(name)) is not None

    def newest_first(self, until: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
        """Version and note of the commits that say something, the newest first, down to a version."""
        for version in range(self._table.version, until - 1, -1):
            if note := self.note(version):
                yield version, note

    def facts(self, version: int | None) -> CommitFacts | None:
        """What is told of a commit; None where there is none, or it says nothing."""
        note = self.note(version) if version is not None else {}
        if version is None or not note:
            return None
        return CommitFacts(
            table=str(self._table.ref),
            version=version,
            at=note.get("at", ""),
            run_id=note.get("run_id", ""),
            code_version=note.get("code_version", ""),
            git_sha=note.get("git_sha", ""),
            inputs=dict(note.get("inputs", {})),
            why=note.get("why", ""),
        )
