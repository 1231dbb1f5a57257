"""Which columns of a table hold personal values, under whatever name: followed through the code that makes it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lake_assets.declarations import Declarations, hidden_columns
from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.model import Dependency, TableRef, Way, Zone
from lake_assets.storage.root import LakeRoot

__all__ = ["HiddenColumns", "hidden_in"]


def hidden_in(root: LakeRoot, declarations: Declarations, ref: TableRef) -> set[str]:
    """Name the columns of one table whose values are never shown; see `HiddenColumns`.

    Args:
        root: The lake.
        declarations: What is declared for it.
        ref: The table, of any zone.
    """
    return HiddenColumns(root, declarations).of(ref)


class HiddenColumns:
    """The columns of the tables of a lake whose values are never shown.

    Before the exploitation zone they are those that are declared personal. Of an exploitation table they are also those
    whose values are made of such a column: under another name, in another form, through another table; as the table was
    made, and as it is declared now. Of what cannot be looked into, each column that may be is one.

    Args:
        root: The lake.
        declarations: What is declared for it.
    """

    def __init__(self, root: LakeRoot, declarations: Declarations) -> None:
        """Keep both; nothing is read yet."""
        self._declarations = declarations
        self._lineage = LakeLineage(root, declarations)
        self._known: dict[TableRef, set[str]] = {}

    def of(self, ref: TableRef) -> set[str]:
        """Name the columns of a table."""
        if ref not in self._known:
            named = hidden_columns(self._declarations, ref)
            # Where no table before it has a personal column, there is nothing to be followed.
            is_followed = bool(named) and ref.zone is Zone.EXPLOITATION
            self._known[ref] = named.union(self._made(ref) if is_followed else ())
        return self._known[ref]

    def _made(self, ref: TableRef) -> Iterator[str]:
        for lineage in self._lineage.as_it_may_be(ref):
            for name, depends in lineage.columns.items():
                after = self._lineage.schema(ref).get(name)
                if any(self._is_told(each, after) for each in depends):
                    yield name

    def _is_told(self, dependency: Dependency, after: pl.DataType | None) -> bool:
        """Whether values of a column show those of a personal one that they depend on."""
        table, column = dependency.origin.table, dependency.origin.column
        if not dependency.way.is_direct or column not in self.of(table):
            return False
        return _shows(self._lineage.schema(table).get(column), after, dependency)


def _shows(before: pl.DataType | None, after: pl.DataType | None, dependency: Dependency) -> bool:
    """Whether values show those they are made of; how many texts there are, or whether there is one, shows none."""
    if before is None or after is None:
        return True
    if after == pl.Boolean():
        return before == after
    is_of_many = dependency.way is Way.AGGREGATION or dependency.is_opaque
    return before.is_numeric() or not (is_of_many and after.is_numeric())
