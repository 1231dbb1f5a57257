"""Which rows an output row was made of, asked of the inputs by the query itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from lake_assets.model import PROVENANCE, Transformation, Zone
from lake_assets.storage.table import Table
from lake_assets.tracing.again import UNMADE, Found, Values, gives_again, holds, key_of, shared
from lake_assets.tracing.results import Exactness

if TYPE_CHECKING:
    from lake_assets.tracing.query_shape import QueryShape

__all__ = ["by_query"]

_ROW, _FROM, _BY = "__row", "__from_", "__by_"


def by_query(transformation: Transformation, inputs: Mapping[str, Table], row: Values) -> Found | None:
    """Ask a query for the rows of its inputs in place of what it selects; None where it cannot be asked.

    Args:
        transformation: As it is declared now.
        inputs: As they were, by the name that the query uses.
        row: The output row.
    """
    shape = _shape(transformation)
    if shape is None:
        return None
    read = {name: _columns_read(transformation, shape, table) for name, table in inputs.items()}
    found = _asked(transformation, shape, inputs, row, read)
    is_whole = all(read[name] == list(table.schema) for name, table in inputs.items())
    if is_whole or (found is not None and found.exactness is Exactness.EXACT):
        return found
    return _asked(
        transformation, shape, inputs, row, {name: list(table.schema) for name, table in inputs.items()}
    )


def _columns_read(transformation: Transformation, shape: QueryShape, table: Table) -> list[str]:
    """The columns of an input that have to be read: of one whose rows are told by their place those that are named.

    Many rows may be behind one group, and the others of their columns are shown of the first few alone.
    """
    sql, columns = transformation.sql, list(table.schema)
    if not shape.is_grouped or not _is_of_records(table) or "NATURAL" in sql.upper():
        return columns
    return [name for name in columns if name in sql or name in PROVENANCE]


def _is_of_records(table: Table) -> bool:
    return table.ref.zone is not Zone.EXPLOITATION and set(PROVENANCE) <= set(table.schema)


def _asked(
    transformation: Transformation,
    shape: QueryShape,
    inputs: Mapping[str, Table],
    row: Values,
    read: Mapping[str, Sequence[str]],
) -> Found | None:
    """Ask for the rows, reading some columns of each input."""
    try:
        joined = _joined(transformation, shape, inputs, row, read).collect(engine="streaming")
    except UNMADE:
        return None
    rows = {name: _rows_of(name, shape, joined, table, read[name]) for name, table in inputs.items()}
    again = gives_again(transformation, {name: found.lazy() for name, found in rows.items()}, row)
    lazy = {name: found.lazy() for name, found in rows.items()}
    by = {name: shared(row, key_of(transformation, row), found.schema) for name, found in rows.items()}
    if again:
        how = "the query was asked for the rows behind this one, and gives it again of them"
        return Found(lazy, Exactness.EXACT, how, by)
    how = "the query was asked for the rows behind this one, but gives another row of them"
    return Found(lazy, Exactness.BOUNDED, how, by)


def _shape(transformation: Transformation) -> QueryShape | None:
    if not transformation.is_sql:
        return None
    from lake_assets.tracing.query_shape import shape_of  # noqa: PLC0415 - sqlglot takes 0.4 s to import

    return shape_of(transformation.sql)


def _joined(
    transformation: Transformation,
    shape: QueryShape,
    inputs: Mapping[str, Table],
    row: Values,
    read: Mapping[str, Sequence[str]],
) -> pl.LazyFrame:
    """The joined rows behind the output row, each with the rows of the inputs that it was joined of."""
    frames = {
        name: table.scan().select(read[name]).with_columns(pl.struct(pl.all()).alias(_ROW))
        for name, table in inputs.items()
    }
    parts = [f'{alias}.{_ROW} AS "{_FROM}{number}"' for number, (alias, _) in enumerate(shape.tables)]
    texts = [f'{text} AS "{_BY}{number}"' for number, text in enumerate(shape.columns)]
    selected = texts if shape.is_grouped else shape.columns
    with pl.SQLContext(frames=frames, eager=False) as context:
        asked = context.execute(f"SELECT {', '.join([*selected, *parts])} {shape.body}")
    names = shape.keys if shape.is_grouped else _telling(transformation, row)
    columns = [f"{_BY}{number}" for number in range(len(names))] if shape.is_grouped else names
    schema = asked.collect_schema()
    for name, column in zip(names, columns, strict=True):
        asked = asked.filter(holds(pl.col(column), row[name], schema[column]))
    return asked.select(pl.col(f"^{_FROM}.*$"))


def _telling(transformation: Transformation, row: Values) -> list[str]:
    """The columns by which an output row that is made of one joined row each is told."""
    key = key_of(transformation, row)
    return [*key, *(name for name in PROVENANCE if name in row and name not in key)]


def _rows_of(
    name: str, shape: QueryShape, joined: pl.DataFrame, table: Table, read: Sequence[str]
) -> pl.DataFrame:
    """The different rows of an input, under whatever alias it was joined."""
    numbers = [number for number, (_, each) in enumerate(shape.tables) if each == name]
    parts = [joined.select(pl.col(f"{_FROM}{number}").alias(_ROW)).drop_nulls() for number in numbers]
    kind = pl.Struct({column: table.schema[column] for column in read})
    found = pl.concat([pl.DataFrame(schema={_ROW: kind}), *parts]).unnest(_ROW)
    # After an outer join a row that matched nothing is a struct of nulls.
    found = found.filter(~pl.all_horizontal(pl.all().is_null()))
    try:
        return found.unique(subset=list(PROVENANCE) if _is_of_records(table) else None, maintain_order=True)
    except pl.exceptions.PolarsError:
        return found
