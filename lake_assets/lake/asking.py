"""A lake that is asked: where rows come from, why columns are as they are, what changed, what joins, what depends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lake_assets.errors import UnknownTableError, near_names
from lake_assets.lake.reading import ReadLake
from lake_assets.storage.versions import open_version

# What answers a question is loaded when it is asked: a run asks none, and starts in half the time.
if TYPE_CHECKING:
    from lake_assets.discovery import Join
    from lake_assets.lineage import LakeLineage
    from lake_assets.tracing import ColumnReason, RowReason, RowTrace
    from lake_assets.versions import TableDiff, TableVersion

__all__ = ["AskedLake"]


@dataclass(frozen=True)
class AskedLake(ReadLake):
    """A lake that answers questions about what it holds."""

    @property
    def lineage(self) -> LakeLineage:
        """Which columns depend on which, as things are declared and as the tables are now."""
        from lake_assets.lineage import LakeLineage

        return LakeLineage(self.root, self.declarations)

    def history(self, name: str) -> list[TableVersion]:
        """The versions of a table, oldest first; see `lake_assets.versions.history_of`."""
        from lake_assets.versions import history_of

        ref = self.table(name).ref
        return history_of(self.root, ref, self.hidden(ref))

    def diff(self, name: str, old: int, new: int | None = None, limit: int = 10) -> TableDiff:
        """What differs between two versions of a table; see `lake_assets.versions.diff_versions`.

        Args:
            name: `zone.name`.
            old: A Delta version.
            new: Another; the newest by default.
            limit: How many rows to tell of each sort.
        """
        from lake_assets.versions import diff_versions
        from lake_assets.versions.keys import identifying

        newest = self.table(name)
        before = open_version(self.root, newest.ref, old)
        after = newest if new is None else open_version(self.root, newest.ref, new)
        return diff_versions(before, after, list(identifying(after)), self.hidden(newest.ref), limit)

    def trace(self, name: str, where: str, limit: int = 5) -> list[RowTrace]:
        """Where rows of a table come from, step by step; see `lake_assets.tracing.trace`.

        Args:
            name: `zone.name`.
            where: Which rows: a predicate in SQL over its columns.
            limit: How many rows at most, and how many rows of each input of a row that was made of others.

        Raises:
            UnknownTableError: When there is no such table.
            QueryError: When the predicate is not valid.
        """
        from lake_assets.tracing import trace

        return trace(self.root, self.declarations, self.table(name), where, limit)

    def why(self, name: str, column: str) -> ColumnReason:
        """What a column of a table is and how it came to be; see `lake_assets.tracing.why_column`."""
        from lake_assets.tracing import why_column

        return why_column(self.root, self.declarations, self.table(name), column)

    def why_rows(self, name: str, where: str, limit: int = 5) -> list[RowReason]:
        """Why rows are where they are, or were set aside; see `lake_assets.tracing.why_rows`."""
        from lake_assets.tracing import why_rows

        return why_rows(self.root, self.declarations, self.table(name), where, limit)

    def joins(self, name: str, column: str = "") -> list[Join]:
        """What joins with a table; see `lake_assets.discovery.joins_of`.

        Args:
            name: The table, `zone.table`.
            column: Only joins by this column of it; empty for all.

        Raises:
            UnknownTableError: When there is no such table or column.
        """
        from lake_assets.discovery import joins_of

        table = self.table(name)
        if column and column not in table.schema:
            mend = near_names(column, table.schema)
            raise UnknownTableError(f"{name} has no column {column!r}", place=f"table {name}", mend=mend)
        return joins_of(self.root, self.declarations, table.ref, column)
