"""Where the values of columns are from.

The mapping tells it for formatted and trusted columns, the room lineage for those of exploitation tables. Whoever can
tell more hands over a `ColumnOrigins`: what it knows of a column takes the place of what is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lake_assets.model import ALL_ROWS, PROVENANCE, Column, TableRef, Zone
from lake_assets.site.declared import Declared
from lake_assets.site.views import Link

__all__ = ["ANY_COLUMN", "ColumnOrigins", "origins_of"]

ANY_COLUMN = "?"
"""Stands for a column where it cannot be told which one of the table it is."""

ColumnOrigins = Mapping[tuple[TableRef, str], Sequence[tuple[TableRef, str]]]
"""Of a table and its column: the tables and their columns that its values are made from.

In the place of a column, `*` stands for the rows of the table, `ANY_COLUMN` for any of its columns.
"""


def origins_of(
    declared: Declared, column: str, known: ColumnOrigins, href: Callable[[TableRef, str], str]
) -> tuple[Link, ...]:
    """Where the values of a column are from, as far as it is known.

    Args:
        declared: The table.
        column: Its column.
        known: What others can tell.
        href: Where a column leads, or a table, whose column is empty.
    """
    if (declared.ref, column) in known:
        return tuple(_to_column(*each, href) for each in known[declared.ref, column])
    dataset, zone = declared.dataset, declared.ref.zone
    if dataset is None or dataset.parent or column.startswith("_") or column in PROVENANCE:
        return ()
    if zone is Zone.TRUSTED:
        return (_to_column(dataset.table(Zone.FORMATTED), column, href),)
    mapped = next((each for each in dataset.mapping.columns if each.name == column), None)
    return _of_files(mapped) if mapped and zone is Zone.FORMATTED else ()


def _of_files(column: Column) -> tuple[Link, ...]:
    return tuple(Link(name, note="in the files") for name in column.source_names)


def _to_column(ref: TableRef, column: str, href: Callable[[TableRef, str], str]) -> Link:
    if column == ANY_COLUMN:
        return Link(str(ref), href(ref, ""), "any of its columns: not to be looked into")
    if column == ALL_ROWS:
        return Link(str(ref), href(ref, ""), "its rows")
    return Link(f"{ref}.{column}", href(ref, column))
