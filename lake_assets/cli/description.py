"""A table described: its columns, its last commit, its first rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import polars as pl

from lake_assets.catalog import ColumnFacts, column_facts, owner_of
from lake_assets.lake import Lake
from lake_assets.storage.table import Table
from lake_assets.zones.cleaned import CLEANING

__all__ = ["DescribedColumn", "Description", "describe"]

_HIDDEN = "(personal)"
_LAST_COMMIT = (
    "at",
    "run_id",
    "code_version",
    "git_sha",
    "inputs",
    "rows_in",
    "rows_out",
    "rows_quarantined",
    "rows_merged",
    "seconds",
    "verdicts",
)


class DescribedColumn(TypedDict):
    """A column as `Description` holds it."""

    name: str
    type: str
    meaning: str
    is_personal: bool
    terms: list[str]


class Description(TypedDict):
    """What `lake show` tells of a table; see its help."""

    table: str
    owner: str
    version: int
    rows: int
    files: int
    size_bytes: int
    columns: list[DescribedColumn]
    last_commit: dict[str, object] | None
    first_rows: list[dict[str, object]]


def describe(lake: Lake, name: str, rows: int, version: int | None = None) -> Description:
    """Describe a table.

    Args:
        lake: The lake.
        name: `zone.table`.
        rows: How many of its rows to read.
        version: As it was at this version; the newest by default.

    Raises:
        UnknownTableError: When it is not there.
        StorageError: When that version cannot be read.
    """
    table = lake.table(name, version)
    hidden = lake.hidden(table.ref)
    return Description(
        table=str(table.ref),
        owner=owner_of(lake.declarations, table.ref),
        version=table.version,
        rows=table.row_count,
        files=table.files.height,
        size_bytes=table.size_bytes,
        columns=_columns(table, hidden, column_facts(lake.declarations, table.ref)),
        last_commit=_last_commit(table),
        first_rows=_first_rows(table, rows, hidden),
    )


def _columns(table: Table, hidden: set[str], facts: Mapping[str, ColumnFacts]) -> list[DescribedColumn]:
    meanings = {
        column.name: str(column.metadata.get("comment", "")) for column in table.delta.schema().fields
    }
    return [
        DescribedColumn(
            name=name,
            type=str(kind),
            meaning=meanings[name],
            is_personal=name in hidden,
            terms=[term.name for term in facts.get(name, ColumnFacts()).terms],
        )
        for name, kind in table.schema.items()
    ]


def _last_commit(table: Table) -> dict[str, object] | None:
    note = table.last_note()
    if note is None:
        return None
    cleaned = (note.content.get(CLEANING) or {}).get("cells", [])
    facts = {name: note.content.get(name) for name in _LAST_COMMIT}
    return {"version": note.version, **facts, "cleaned": cleaned}


def _first_rows(table: Table, count: int, hidden: set[str]) -> list[dict[str, object]]:
    masks = [pl.lit(_HIDDEN).alias(name) for name in table.schema if name in hidden]
    return table.scan().head(count).with_columns(masks).collect().to_dicts()
