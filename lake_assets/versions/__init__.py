"""Versions of a table: what made each of them, and what differs between two."""

from lake_assets.versions.differences import ChangedCell, ChangedRow, TableDiff, diff_versions
from lake_assets.versions.history import TableVersion, VersionKind, history_of
from lake_assets.versions.schemas import SchemaChange, schema_changes

__all__ = [
    "ChangedCell",
    "ChangedRow",
    "SchemaChange",
    "TableDiff",
    "TableVersion",
    "VersionKind",
    "diff_versions",
    "history_of",
    "schema_changes",
]
