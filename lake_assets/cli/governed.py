"""An artefact of governance as a document: how it stands, its columns, its newest rows."""

from __future__ import annotations

import polars as pl

from lake_assets.catalog import Standing, artefact_of, column_meanings, standings
from lake_assets.lake import Lake
from lake_assets.storage.table import Table, find_table

__all__ = ["document_of", "shown"]

_TIMES = ("at", "valid_from", "ingested_at")


def document_of(standing: Standing) -> dict[str, object]:
    """How an artefact stands, as JSON holds it."""
    artefact = standing.artefact
    return {
        "artefact": artefact.name,
        "number": artefact.number,
        "title": artefact.title,
        "kind": artefact.kind.value,
        "description": artefact.description,
        "table": str(artefact.ref),
        "rows": standing.rows,
        "version": standing.version,
        "made_from": artefact.made_from,
        "is_waiting": artefact.is_waiting,
    }


def shown(lake: Lake, name: str, rows: int) -> dict[str, object]:
    """An artefact with its columns and its newest rows, the newest first.

    Raises:
        UnknownTableError: When none has that name.
    """
    artefact = artefact_of(name)
    table = find_table(lake.root, artefact.ref)
    standing = next(each for each in standings(lake.root) if each.artefact is artefact)
    columns = [
        {"name": column, "type": kind, "meaning": meaning}
        for column, kind, meaning in column_meanings(artefact, table)
    ]
    return {**document_of(standing), "columns": columns, "newest_rows": _newest(table, rows) if table else []}


def _newest(table: Table, rows: int) -> list[dict[str, object]]:
    time = next((name for name in _TIMES if name in table.schema), None)
    frame = table.scan()
    if "valid_to" in table.schema:
        frame = frame.filter(pl.col("valid_to").is_null())
    ordered = frame.sort(time, descending=True, nulls_last=True, maintain_order=True) if time else frame
    return ordered.head(rows).collect(engine="streaming").to_dicts()
