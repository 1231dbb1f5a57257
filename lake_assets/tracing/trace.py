"""A row of any table, traced to the records it was made of."""

from __future__ import annotations

import polars as pl

from lake_assets.declarations import Declarations
from lake_assets.model import PROVENANCE, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.tracing.chosen import chosen
from lake_assets.tracing.made import trace_made
from lake_assets.tracing.results import RowTrace
from lake_assets.tracing.rows import trace_rows
from lake_assets.tracing.world import World, masked

__all__ = ["trace", "traced"]

_OF_COMMITS = "rows of governance come from commits: see `lake history` of the table that they speak of"
_NO_PROVENANCE = "the row does not say which file and record it comes from"


def trace(root: LakeRoot, declarations: Declarations, table: Table, where: str, limit: int) -> list[RowTrace]:
    """Trace rows of a table, step by step, to the records they were made of.

    Args:
        root: The lake.
        declarations: What is declared for it.
        table: The table.
        where: A predicate in SQL over its columns.
        limit: How many rows at most, and how many rows of each input of a row that was made of others.

    Raises:
        QueryError: When the predicate is not valid.
    """
    world = World(root, declarations)
    world.hold(table)
    return traced(world, table, chosen(table, where, limit), limit)


def traced(world: World, table: Table, rows: pl.DataFrame, limit: int) -> list[RowTrace]:
    """Trace rows that are chosen already; see `trace`."""
    if rows.is_empty():
        return []
    if table.ref.zone is Zone.EXPLOITATION:
        return trace_made(world, table, rows, limit, traced)
    if table.ref.zone is not Zone.GOVERNANCE and set(PROVENANCE) <= set(rows.columns):
        return trace_rows(world, table, rows)
    why = _OF_COMMITS if table.ref.zone is Zone.GOVERNANCE else _NO_PROVENANCE
    hidden = world.hidden(table.ref)
    return [
        RowTrace(str(table.ref), table.version, masked(row, hidden), problems=(why,))
        for row in rows.iter_rows(named=True)
    ]
