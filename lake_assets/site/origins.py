"""Where the values of columns are from.

The mapping tells it for formatted and trusted columns. Whoever can tell more, such as of the columns of exploitation
tables, hands over a `ColumnOrigins`: what it knows of a column takes the place of what is known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lake_assets.model import PROVENANCE, Column, TableRef, Zone
from lake_assets.site.declared import Declared
from lake_assets.site.paths import anchor, table_page
from lake_assets.site.views import Link

__all__ = ["ColumnOrigins", "origins_of"]

ColumnOrigins = Mapping[tuple[TableRef, str], Sequence[tuple[TableRef, str]]]
"""Of a table and its column: the tables and their columns that its values are made from."""


def origins_of(declared: Declared, column: str, known: ColumnOrigins) -> tuple[Link, ...]:
    """Where the values of a column are from, as far as it is known.

    Args:
        declared: The table.
        column: Its column.
        known: What others can tell.
    """
    if (declared.ref, column) in known:
        return tuple(_to_column(*each) for each in known[declared.ref, column])
    dataset, zone = declared.dataset, declared.ref.zone
    if dataset is None or dataset.parent or column.startswith("_") or column in PROVENANCE:
        return ()
    if zone is Zone.TRUSTED:
        return (_to_column(dataset.table(Zone.FORMATTED), column),)
    mapped = next((each for each in dataset.mapping.columns if each.name == column), None)
    return _of_files(mapped) if mapped and zone is Zone.FORMATTED else ()


def _of_files(column: Column) -> tuple[Link, ...]:
    return tuple(Link(name, note="in the files") for name in column.source_names)


def _to_column(ref: TableRef, column: str) -> Link:
    return Link(f"{ref}.{column}", f"{table_page(ref)}#{anchor('column', column)}")
