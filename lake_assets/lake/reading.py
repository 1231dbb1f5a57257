"""A lake that is read: what is declared for it, its tables by name and version, questions in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import polars as pl

from lake_assets.errors import QueryError, UnknownTableError, near_names
from lake_assets.model import TableRef, Zone
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.versions import open_version, refuse_gone

if TYPE_CHECKING:
    from lake_assets.declarations import Declarations

__all__ = ["ReadLake", "TableSummary"]


@dataclass(frozen=True)
class TableSummary:
    """A table as `lake tables` lists it.

    Args:
        ref: Its name.
        version: Delta version.
        rows: Number of rows.
        files: Number of data files.
        size_bytes: Bytes of the data files.
        columns: Number of columns.
    """

    ref: TableRef
    version: int
    rows: int
    files: int
    size_bytes: int
    columns: int


@dataclass(frozen=True)
class ReadLake:
    """A lake, its declarations and its tables.

    Args:
        settings: Where it is.
    """

    settings: Settings

    @classmethod
    def open(cls, root: str | None = None, defs: str | None = None) -> Self:
        """Open a lake; nothing is read or written yet.

        Args:
            root: A folder or `s3://` URI; the default is `LAKE_ROOT`, else `lake` in the working directory.
            defs: Folders of declarations; the default is `LAKE_DEFS`, else the demo lake's.
        """
        return cls(Settings.from_environment(root, defs))

    @cached_property
    def root(self) -> LakeRoot:
        """Where its files are."""
        return LakeRoot.of(self.settings)

    @cached_property
    def declarations(self) -> Declarations:
        """Its sources and transformations, loaded once.

        Raises:
            DeclarationError: When one is not valid.
        """
        from lake_assets.declarations import load_declarations

        return load_declarations(self.settings.defs)

    def hidden(self, ref: TableRef) -> set[str]:
        """Name the columns of a table whose values are never shown; see `lake_assets.lineage.hidden_in`."""
        from lake_assets.lineage import hidden_in

        return hidden_in(self.root, self.declarations, ref)

    def table(self, name: str, version: int | None = None) -> Table:
        """A table by `zone.name`, at its newest version or at an older one.

        Raises:
            UnknownTableError: When it is not there.
            StorageError: When it never had that version, or files of it have been vacuumed.
        """
        newest = self._open(TableRef.parse(name))
        if version is None:
            return newest
        table = open_version(self.root, newest.ref, version)
        refuse_gone(table)
        return table

    def scan(self, name: str, version: int | None = None) -> pl.LazyFrame:
        """The rows of a table, lazily.

        Args:
            name: `zone.name`, such as `trusted.flights`.
            version: A Delta version; the newest by default.

        Raises:
            UnknownTableError: When it is not there.
            StorageError: When it never had that version, or files of it have been vacuumed.
        """
        return self.table(name, version).scan()

    def tables(self) -> list[TableSummary]:
        """Every table there is, by zone and name."""
        return [_summary(table) for table in self._tables()]

    def _tables(self) -> list[Table]:
        zones = [zone for zone in Zone if zone.holds_tables]
        refs = [
            TableRef(zone, name) for zone in zones for name in sorted(self.root.files.folders(zone.value))
        ]
        return [table for ref in refs if (table := find_table(self.root, ref)) is not None]

    def _open(self, ref: TableRef) -> Table:
        table = find_table(self.root, ref)
        if table is None:
            mend = near_names(str(ref), [str(known.ref) for known in self._tables()])
            raise UnknownTableError(f"the lake has no table {ref}", place=self.root.uri, mend=mend)
        return table

    def query(self, sql: str) -> pl.LazyFrame:
        """Ask a question in SQL over all zone tables, written `zone.table`.

        Raises:
            QueryError: When the query is not valid.
            UnknownTableError: When a table is not there.
        """
        from lake_assets.declarations import name_inputs

        plain, inputs = name_inputs(sql)
        frames = {name: self._open(ref).scan() for name, ref in inputs.items()}
        try:
            with pl.SQLContext(frames=frames, eager=False) as context:
                answer = context.execute(plain)
            answer.collect_schema()
        except pl.exceptions.PolarsError as error:
            what = f"the query is not valid: {str(error).splitlines()[0]}"
            mend = "see `lake tables` and `lake show TABLE` for what there is"
            raise QueryError(what, place=sql, mend=mend) from error
        return answer


def _summary(table: Table) -> TableSummary:
    files = table.files
    return TableSummary(
        table.ref, table.version, table.row_count, files.height, table.size_bytes, len(table.schema)
    )
