"""What a trace looks things up in: the lake, what is declared for it, and tables that are opened once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from lake_assets.cleaning import KINDS, HidingKind
from lake_assets.declarations import Declarations
from lake_assets.errors import UnknownTableError
from lake_assets.governance.processed_files import landed_files
from lake_assets.lineage import hidden_in
from lake_assets.model import Dataset, LandedFile, TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.tracing.commits import Commits

__all__ = ["HIDDEN", "World", "masked"]

HIDDEN = "(personal)"
"""What stands for a value that is not shown."""


@dataclass(frozen=True)
class World:
    """A lake, looked at by one trace.

    Args:
        root: The lake.
        declarations: What is declared for it.
    """

    root: LakeRoot
    declarations: Declarations
    _tables: dict[TableRef, Table | None] = field(default_factory=dict)
    _commits: dict[TableRef, Commits] = field(default_factory=dict)
    _hidden: dict[TableRef, set[str]] = field(default_factory=dict)

    def table(self, ref: TableRef) -> Table | None:
        """A table at its newest version, the same one each time; None when it is not there."""
        if ref not in self._tables:
            self._tables[ref] = find_table(self.root, ref)
        return self._tables[ref]

    def hold(self, table: Table) -> None:
        """Take a table as it was opened."""
        self._tables[table.ref] = table

    def at(self, table: Table) -> World:
        """The same lake with a table as it was opened, for rows of it that may be older."""
        tables = {**self._tables, table.ref: table}
        inner = World(self.root, self.declarations, tables, dict(self._commits), self._hidden)
        if self._tables.get(table.ref) is not table:
            inner._commits.pop(table.ref, None)
        return inner

    def commits(self, table: Table) -> Commits:
        """The commits of a table."""
        if table.ref not in self._commits:
            self._commits[table.ref] = Commits(table)
        return self._commits[table.ref]

    def dataset(self, name: str) -> Dataset | None:
        """A dataset or child table by name; None when it is not declared any more."""
        try:
            return self.declarations.dataset(name)
        except UnknownTableError:
            return None

    def landed(self, file_ids: Collection[int]) -> dict[int, LandedFile]:
        """Landed files by their ids."""
        return landed_files(self.root, file_ids)

    def lookup(self, ref: TableRef) -> pl.LazyFrame:
        """The rows of a table that a rule refers to.

        Raises:
            UnknownTableError: When it is not there.
        """
        table = self.table(ref)
        if table is None:
            raise UnknownTableError(f"the lake has no table {ref}", place=self.root.uri)
        return table.scan()

    def hidden(self, ref: TableRef) -> set[str]:
        """The columns whose values are not shown: personal ones, and before cleaning those that a step hides."""
        if ref not in self._hidden:
            self._hidden[ref] = self._not_shown(ref)
        return self._hidden[ref]

    def _not_shown(self, ref: TableRef) -> set[str]:
        hidden = hidden_in(self.root, self.declarations, ref)
        dataset = self.dataset(ref.name) if ref.zone in {Zone.FORMATTED, Zone.QUARANTINE} else None
        steps = dataset.clean if dataset else ()
        by_steps = {
            name for step in steps if isinstance(KINDS.get(step.kind), HidingKind) for name in step.settings
        }
        return hidden | by_steps | ({"record", "_rescued"} if by_steps else set())


def masked(row: Mapping[str, object], hidden: Collection[str]) -> dict[str, object]:
    """A row without the values that are not shown; null stays null.

    >>> masked({"id": 1, "rider": "Ada", "tip": None}, {"rider", "tip"})
    {'id': 1, 'rider': '(personal)', 'tip': None}
    """
    return {
        name: HIDDEN if name in hidden and value is not None else value
        for name, value in row.items()
        if not name.startswith("\0")
    }
