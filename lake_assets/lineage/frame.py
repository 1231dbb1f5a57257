"""A frame as its dependencies: what a step of a plan gives, instead of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lake_assets.lineage.ways import NONE, Dependencies, opaque, together, valued
from lake_assets.model import ALL_ROWS, ColumnRef, Dependency, TableRef, Way

__all__ = ["Frame", "frame_of_table", "hidden_frame"]


@dataclass(frozen=True)
class Frame:
    """What the columns of a frame depend on.

    Args:
        columns: Each with what its values depend on.
        rows: What decides which rows there are, and their order: all columns depend on it.
        tables: The tables that rows come from.
    """

    columns: Mapping[str, Dependencies]
    rows: Dependencies = NONE
    tables: frozenset[TableRef] = frozenset()

    @property
    def everything(self) -> Dependencies:
        """What any of its columns depends on."""
        return together(self.columns.values()) | self.rows

    @property
    def number_of_rows(self) -> Dependencies:
        """What a count of its rows depends on, besides what decides which there are."""
        return frozenset(Dependency(ColumnRef(table, ALL_ROWS), Way.AGGREGATION) for table in self.tables)

    def with_rows(self, more: Dependencies) -> Frame:
        """The frame where more decides about its rows."""
        return replace(self, rows=self.rows | more)

    def named(self, names: Iterable[str]) -> Frame:
        """The frame with these columns, in this order; one that is not known may depend on everything."""
        known = self.columns
        columns = {name: known[name] if name in known else opaque(self.everything) for name in names}
        return replace(self, columns=columns)


def frame_of_table(table: TableRef, columns: Iterable[str]) -> Frame:
    """A table as it is read."""
    own = {name: frozenset({Dependency(ColumnRef(table, name), Way.IDENTITY)}) for name in columns}
    return Frame(own, tables=frozenset({table}))


def hidden_frame(inputs: Sequence[Frame], columns: Iterable[str]) -> Frame:
    """What comes out where nobody can look inside: each column may depend on all that went in, and so may its rows."""
    everything = together(each.everything for each in inputs)
    tables = frozenset[TableRef]().union(*(each.tables for each in inputs))
    counted = together(each.number_of_rows for each in inputs)
    may = opaque(valued(everything | counted, Way.TRANSFORMATION))
    return Frame(dict.fromkeys(columns, may), opaque(everything, Way.FILTER), tables)
