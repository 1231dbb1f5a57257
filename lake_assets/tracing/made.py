"""Rows of the exploitation zone traced through the inputs that their table was made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from lake_assets.errors import UnknownTableError
from lake_assets.model import PROVENANCE, Transformation
from lake_assets.storage.places import rows_with
from lake_assets.storage.table import Table
from lake_assets.tracing.again import Found
from lake_assets.tracing.back_query import ask_back
from lake_assets.tracing.inputs import Inputs, inputs_then
from lake_assets.tracing.results import Contribution, Exactness, Making, RowTrace
from lake_assets.tracing.steps import CommitFacts
from lake_assets.tracing.world import World, masked
from lake_assets.zones.making import CODE, code_position

__all__ = ["trace_made"]

_FILE = PROVENANCE[0]
_FILES = 100
_RANK = (Exactness.BOUNDED, Exactness.ENOUGH, Exactness.EXACT)
_DEEPER = 3
"""So many rows of each input are traced through a table that was made of others again."""


Deeper = Callable[[World, Table, pl.DataFrame, int], list[RowTrace]]
"""Traces rows of an input in turn."""


def trace_made(world: World, table: Table, rows: pl.DataFrame, limit: int, deeper: Deeper) -> list[RowTrace]:
    """Trace rows of a table of the exploitation zone, in their order.

    Args:
        world: The lake.
        table: The table.
        rows: Rows of it.
        limit: How many rows of each input to trace further.
        deeper: Traces those.
    """
    hidden = world.hidden(table.ref)
    bare = [
        RowTrace(str(table.ref), table.version, masked(row, hidden)) for row in rows.iter_rows(named=True)
    ]
    transformation = _declared(world, table)
    # A commit that only erased a person read no inputs: how its rows were made is told by the one before it.
    told = ((version, note) for version, note in world.commits(table).newest_first() if note.get("inputs"))
    version, note = next(told, (None, {}))
    if transformation is None or version is None:
        why = (
            "its transformation is not declared any more" if transformation is None else "no commit tells how"
        )
        return [RowTrace(each.table, each.version, each.row, problems=(why,)) for each in bare]
    made = _Made(
        world,
        table,
        transformation,
        inputs_then(world, transformation, note),
        world.commits(table).facts(version),
        limit,
        deeper,
    )
    return [
        RowTrace(trace.table, trace.version, trace.row, making=made.of(row), problems=made.inputs.problems)
        for trace, row in zip(bare, rows.iter_rows(named=True), strict=True)
    ]


def _declared(world: World, table: Table) -> Transformation | None:
    try:
        return world.declarations.transformation(table.ref.name)
    except UnknownTableError:
        return None


@dataclass(frozen=True)
class _Made:
    """How a table was made, to be told of one row after the other."""

    world: World
    table: Table
    transformation: Transformation
    inputs: Inputs
    commit: CommitFacts | None
    limit: int
    deeper: Deeper

    def of(self, row: Mapping[str, Any]) -> Making:
        """How a row was made."""
        made, tables = self.transformation, self.inputs.tables
        found = ask_back(made, tables, row) if set(tables) == set(made.inputs) else _unread()
        is_same = self.table.consumed(CODE) == code_position(made)
        return Making(
            commit=self.commit,
            declared_at=str(made.place),
            code=made.sql or getattr(made.function, "__qualname__", ""),
            is_as_declared=is_same,
            exactness=found.exactness if is_same else min(found.exactness, Exactness.ENOUGH, key=_RANK.index),
            how=found.how if is_same else f"{found.how}; the transformation was written otherwise then",
            inputs=tuple(self._contribution(name, found) for name in made.inputs if name in found.rows),
        )

    def _contribution(self, name: str, found: Found) -> Contribution:
        table, rows = self.inputs.tables[name], found.rows[name]
        is_known = found.exactness is not Exactness.BOUNDED
        head = _whole(table, rows.head(self.limit if is_known else 0).collect(engine="streaming"))
        hidden = self.world.hidden(table.ref) | self.world.hidden(self.transformation.target)
        return Contribution(
            table=str(table.ref),
            version=table.version,
            rows=int(rows.select(pl.len()).collect(engine="streaming").item()),
            files=_files(rows) if is_known and _FILE in table.schema else (),
            by=masked(found.by.get(name, {}), hidden),
            first=tuple(self.deeper(self.world.at(table), table, head, min(self.limit, _DEEPER))),
        )


def _whole(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of an input with all of its columns, where only some of them were read."""
    if rows.width == len(table.schema):
        return rows
    places = rows.select(PROVENANCE)
    near = rows_with(table, _FILE, set(places[_FILE].to_list()))
    found = near.join(places.lazy(), on=list(PROVENANCE), how="semi").collect(engine="streaming")
    whole = found.unique(subset=list(PROVENANCE), keep="first", maintain_order=True)
    return places.join(whole, on=list(PROVENANCE), how="left", maintain_order="left").select(*table.schema)


def _files(rows: pl.LazyFrame) -> tuple[int, ...]:
    first = rows.select(pl.col(_FILE).drop_nulls().unique().sort()).head(_FILES)
    return tuple(first.collect(engine="streaming").to_series())


def _unread() -> Found:
    return Found({}, Exactness.BOUNDED, "not every input can be read as it was")
