"""Which rows an output row was made of, found by holding the inputs against it and running the transformation again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from lake_assets.model import Transformation
from lake_assets.storage.table import Table
from lake_assets.tracing.again import Found, Values, gives_again, holds, key_of, shared
from lake_assets.tracing.narrowing import MOST_ROWS, narrow
from lake_assets.tracing.results import Exactness

__all__ = ["by_equality"]

_MOST_WHOLE = 5_000_000


def by_equality(transformation: Transformation, inputs: Mapping[str, Table], row: Values) -> Found:
    """Hold the inputs against the key of an output row, and take what gives the row again.

    Args:
        transformation: As it is declared now.
        inputs: As they were, by the name that the transformation uses.
        row: The output row.
    """
    frames = {name: table.scan() for name, table in inputs.items()}
    schemas = {name: table.schema for name, table in inputs.items()}
    by = {name: shared(row, key_of(transformation, row), schema) for name, schema in schemas.items()}
    total = sum(table.row_count for table in inputs.values())
    for chosen in _choices([name for name in inputs if by[name]]):
        if not chosen and total > _MOST_WHOLE:
            break
        rows = {
            name: _held(frame, by[name], schemas[name]) if name in chosen else frame
            for name, frame in frames.items()
        }
        if gives_again(transformation, rows, row):
            rows = _joined_to(transformation, rows, schemas, chosen, row)
            return _tried(transformation, rows, {name: by[name] for name in chosen}, row)
    return Found(frames, Exactness.BOUNDED, "no part of the inputs could be told that gives this row again")


def _choices(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The inputs to hold against the output row: all, then fewer, at last none."""
    for count in range(len(names), -1, -1):
        yield from combinations(names, count)


def _held(frame: pl.LazyFrame, by: Values, schema: pl.Schema) -> pl.LazyFrame:
    return frame.filter(*(holds(pl.col(name), value, schema[name]) for name, value in by.items()))


def _tried(
    transformation: Transformation,
    rows: Mapping[str, pl.LazyFrame],
    by: dict[str, dict[str, object]],
    row: Values,
) -> Found:
    """The rows, where they are few without those that can be taken away."""
    few = {name: frame.head(MOST_ROWS + 1).collect(engine="streaming") for name, frame in rows.items()}
    if sum(frame.height for frame in few.values()) > MOST_ROWS:
        return Found(dict(rows), Exactness.ENOUGH, _how(by), by)
    left = narrow(lambda some: gives_again(transformation, some, row), few)
    lazy = {name: frame.lazy() for name, frame in left.rows.items()}
    gone = sum(frame.height for frame in few.values()) - sum(frame.height for frame in left.rows.values())
    how = f"{_how(by)}, also without {gone:,} of them" if gone else _how(by)
    if left.is_exact:
        return Found(lazy, Exactness.EXACT, f"{how}, and not without any one of those that are left", by)
    return Found(lazy, Exactness.ENOUGH, how, by)


def _joined_to(
    transformation: Transformation,
    rows: dict[str, pl.LazyFrame],
    schemas: Mapping[str, pl.Schema],
    chosen: Sequence[str],
    row: Values,
) -> dict[str, pl.LazyFrame]:
    """The rows, of the other inputs only those that can be joined by columns of the same name, while that is enough."""
    for name in (each for each in rows if each not in chosen):
        for other in chosen:
            on = _joinable(schemas[name], schemas[other])
            if not on:
                continue
            fewer = {**rows, name: rows[name].join(rows[other].select(on).unique(), on=on, how="semi")}
            if gives_again(transformation, fewer, row):
                rows = fewer
    return rows


def _joinable(one: pl.Schema, other: pl.Schema) -> list[str]:
    return [
        name
        for name, kind in one.items()
        if other.get(name) == kind and not name.startswith("_") and not (kind.is_nested() or kind.is_float())
    ]


def _how(by: Mapping[str, Values]) -> str:
    columns = sorted({name for each in by.values() for name in each})
    if not columns:
        return "the inputs as a whole give this row again, and no part of them that its key tells does"
    return f"the rows of the inputs with the same {', '.join(columns)} give this row again"
