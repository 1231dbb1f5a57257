"""A table as it was: the columns of an earlier version."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from deltalake import DeltaTable

from lake_assets.storage.table import Table

__all__ = ["schema_at"]


def schema_at(table: Table, version: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The columns of a version in order: name, type, Delta field metadata.

    Args:
        table: The table.
        version: At most that at which it was opened; its log entries must be there.
    """
    delta = table.delta if version == table.version else _at(table, version)
    types = pl.Schema(delta.schema())
    for column in delta.schema().fields:
        notes = {str(name): str(value) for name, value in column.metadata.items()}
        yield column.name, str(types[column.name]), notes


def _at(table: Table, version: int) -> DeltaTable:
    root = table.root
    return DeltaTable(
        root.table_uri(table.ref), version=version, storage_options=root.storage_options or None
    )
