"""Rows of the exploitation zone traced through the inputs that their table was made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from lake_assets.errors import UnknownTableError
from lake_assets.model import PROVENANCE, Transformation
from lake_assets.storage.table import Table
from lake_assets.tracing.back_query import Found, ask_back
from lake_assets.tracing.inputs import Inputs, inputs_then
from lake_assets.tracing.results import CommitFacts, Contribution, Exactness, Making, RowTrace
from lake_assets.tracing.trace import traced
from lake_assets.tracing.world import World, masked
from lake_assets.zones.making import CODE, code_position

__all__ = ["trace_made"]

_FILE = PROVENANCE[0]
_FILES = 100
_RANK = (Exactness.BOUNDED, Exactness.ENOUGH, Exactness.EXACT)
_DEEPER = 3
"""So many rows of each input are traced through a table that was made of others again."""


def trace_made(world: World, table: Table, rows: pl.DataFrame, limit: int) -> list[RowTrace]:
    """Trace rows of a table of the exploitation zone, in their order.

    Args:
        world: The lake.
        table: The table.
        rows: Rows of it.
        limit: How many rows of each input to trace further.
    """
    hidden = world.hidden(table.ref)
    bare = [
        RowTrace(str(table.ref), table.version, masked(row, hidden)) for row in rows.iter_rows(named=True)
    ]
    transformation = _declared(world, table)
    version, note = next(iter(world.commits(table).newest_first()), (None, {}))
    if transformation is None or version is None:
        why = (
            "its transformation is not declared any more" if transformation is None else "no commit tells how"
        )
        return [RowTrace(each.table, each.version, each.row, problems=(why,)) for each in bare]
    inputs = inputs_then(world, transformation, note)
    commit = world.commits(table).facts(version)
    return [
        RowTrace(
            trace.table,
            trace.version,
            trace.row,
            making=_making(world, table, transformation, inputs, commit, row, limit),
            problems=inputs.problems,
        )
        for trace, row in zip(bare, rows.iter_rows(named=True), strict=True)
    ]


def _declared(world: World, table: Table) -> Transformation | None:
    try:
        return world.declarations.transformation(table.ref.name)
    except UnknownTableError:
        return None


def _making(
    world: World,
    table: Table,
    transformation: Transformation,
    inputs: Inputs,
    commit: CommitFacts | None,
    row: Mapping[str, Any],
    limit: int,
) -> Making:
    is_readable = set(inputs.tables) == set(transformation.inputs)
    found = ask_back(transformation, inputs.tables, row) if is_readable else _unread()
    is_same = table.consumed(CODE) == code_position(transformation)
    return Making(
        commit=commit,
        declared_at=str(transformation.place),
        code=transformation.sql or getattr(transformation.function, "__qualname__", ""),
        is_as_declared=is_same,
        exactness=found.exactness if is_same else min(found.exactness, Exactness.ENOUGH, key=_RANK.index),
        how=found.how if is_same else f"{found.how}; the transformation was written otherwise then",
        inputs=tuple(
            _contribution(world, transformation, inputs.tables[name], name, found, limit)
            for name in transformation.inputs
            if name in inputs.tables and name in found.rows
        ),
    )


def _unread() -> Found:
    return Found({}, Exactness.BOUNDED, "not every input can be read as it was")


def _contribution(
    world: World, transformation: Transformation, table: Table, name: str, found: Found, limit: int
) -> Contribution:
    rows = found.rows[name]
    is_known = found.exactness is not Exactness.BOUNDED
    head = rows.head(limit if is_known else 0).collect(engine="streaming")
    has_file = _FILE in table.schema
    files = rows.select(pl.col(_FILE).unique().sort()).head(_FILES) if has_file and is_known else None
    ids = files.collect(engine="streaming").to_series().drop_nulls().to_list() if files is not None else []
    return Contribution(
        table=str(table.ref),
        version=table.version,
        rows=rows.select(pl.len()).collect(engine="streaming").item(),
        files=tuple(ids),
        by=masked(found.by.get(name, {}), world.hidden(table.ref) | world.hidden(transformation.target)),
        first=tuple(traced(world.at(table), table, head, min(limit, _DEEPER))),
    )
