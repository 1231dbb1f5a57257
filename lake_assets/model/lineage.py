"""Lineage: which column a column depends on, and in which way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lake_assets.model.table_ref import TableRef

__all__ = ["ALL_ROWS", "ColumnRef", "Dependency", "TableLineage", "Way"]

ALL_ROWS = "*"
"""What stands for the name of a column where all of a table's rows are meant, and none of its columns."""


class Way(StrEnum):
    """In which way a column depends on another.

    The first three give it its values; the others decide which values those are, or in which rows they stand.

    Source: OpenLineage, column level lineage dataset facet, transformation subtypes.
    """

    IDENTITY = "IDENTITY"
    TRANSFORMATION = "TRANSFORMATION"
    AGGREGATION = "AGGREGATION"
    CONDITIONAL = "CONDITIONAL"
    FILTER = "FILTER"
    GROUP_BY = "GROUP_BY"
    JOIN = "JOIN"
    SORT = "SORT"
    WINDOW = "WINDOW"

    @property
    def is_direct(self) -> bool:
        """Whether values come from there."""
        return self in {Way.IDENTITY, Way.TRANSFORMATION, Way.AGGREGATION}

    @property
    def kind(self) -> str:
        """`DIRECT` or `INDIRECT`, the type that the way is a subtype of."""
        return "DIRECT" if self.is_direct else "INDIRECT"


@dataclass(frozen=True, order=True)
class ColumnRef:
    """A column of a table, or an element of a dataset's files, written `zone.table.column`.

    Args:
        table: The table; of an element the dataset in persistent landing.
        column: Its name; `*` for the rows of the table.
    """

    table: TableRef
    column: str

    def __str__(self) -> str:
        """Write `zone.table.column`."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True, order=True)
class Dependency:
    """One column on which something depends.

    Args:
        origin: The column.
        way: In which way.
        is_opaque: Whether what lies between could not be looked into, such as a Python function: it may depend.
    """

    origin: ColumnRef
    way: Way
    is_opaque: bool = False


@dataclass(frozen=True)
class TableLineage:
    """What the columns of a table depend on.

    Args:
        target: The table.
        columns: For each of its columns, in order, what it depends on by itself.
        rows: What all of its columns depend on: what decides which rows there are, and in which order.
        opaque: What could not be looked into, in a few words each.
        note: What else is to be said of a column, by its name, such as the cleaning steps that it went through.
    """

    target: TableRef
    columns: Mapping[str, frozenset[Dependency]]
    rows: frozenset[Dependency] = frozenset()
    opaque: tuple[str, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)

    def of_column(self, column: str) -> frozenset[Dependency]:
        """All that a column depends on; nothing for one that the table does not have."""
        return self.columns[column] | self.rows if column in self.columns else frozenset()
