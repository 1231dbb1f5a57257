"""Which rows of the inputs an output row was made of, asked of the inputs by the query itself or by equality."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.errors import LakeError
from lake_assets.model import PROVENANCE, Transformation, Zone
from lake_assets.storage.schema import as_storable
from lake_assets.storage.table import Table
from lake_assets.tracing.query_shape import QueryShape, shape_of
from lake_assets.tracing.results import Exactness

__all__ = ["Found", "ask_back"]

Row = Mapping[str, object]

_ROW, _FROM, _BY = "__row", "__from_", "__by_"
_MOST_ROWS = 5_000_000
_CLOSE = 1e-9
_UNMADE = (LakeError, pl.exceptions.PolarsError)


@dataclass(frozen=True)
class Found:
    """Rows that an output row was made of.

    Args:
        rows: By input; lazy where they are too many to hold.
        exactness: How well they are known.
        how: In what way they were found, or why they are not known better.
        by: By input, the columns that were held against the output row, with the values.
    """

    rows: dict[str, pl.LazyFrame]
    exactness: Exactness
    how: str
    by: dict[str, dict[str, object]] = field(default_factory=dict)


def ask_back(transformation: Transformation, inputs: Mapping[str, Table], row: Row) -> Found:
    """Find the rows of the inputs that an output row was made of, and make it of them again.

    A query over joined tables, grouped or not, is asked for the rows of its inputs in place of what it selects. Of any
    other transformation the inputs are held against the output row: by the columns of its key that they have under the
    same name, and by the columns that they share among themselves. Either way the transformation is run over what was
    found: only when that gives the row again it counts.

    Args:
        transformation: As it is declared now.
        inputs: As they were, by the name that the transformation uses.
        row: The output row.
    """
    shape = shape_of(transformation.sql) if transformation.is_sql else None
    asked = _by_query(transformation, shape, inputs, row) if shape is not None else None
    if asked is not None and asked.exactness is Exactness.EXACT:
        return asked
    held = _by_equality(transformation, inputs, row)
    return held if asked is None or held.exactness is not Exactness.BOUNDED else asked


def _by_query(
    transformation: Transformation, shape: QueryShape, inputs: Mapping[str, Table], row: Row
) -> Found | None:
    try:
        joined = _joined(transformation, shape, inputs, row).collect(engine="streaming")
    except _UNMADE:
        return None
    rows = {name: _rows_of(name, shape, joined, table) for name, table in inputs.items()}
    again = _made_again(transformation, {name: found.lazy() for name, found in rows.items()}, row)
    lazy = {name: found.lazy() for name, found in rows.items()}
    by = {name: _shared(row, _key(transformation, row), found.schema) for name, found in rows.items()}
    if again:
        how = "the query was asked for the rows behind this one, and gives it again of them"
        return Found(lazy, Exactness.EXACT, how, by)
    how = "the query was asked for the rows behind this one, but gives another row of them"
    return Found(lazy, Exactness.BOUNDED, how, by)


def _joined(
    transformation: Transformation, shape: QueryShape, inputs: Mapping[str, Table], row: Row
) -> pl.LazyFrame:
    """The joined rows behind the output row, each with the rows of the inputs that it was joined of."""
    frames = {
        name: table.scan().with_columns(pl.struct(pl.all()).alias(_ROW)) for name, table in inputs.items()
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
        asked = asked.filter(_is(pl.col(column), row[name], schema[column]))
    return asked.select(pl.col(f"^{_FROM}.*$"))


def _telling(transformation: Transformation, row: Row) -> list[str]:
    """The columns by which an output row that is made of one joined row each is told."""
    key = _key(transformation, row)
    return [*key, *(name for name in PROVENANCE if name in row and name not in key)]


def _key(transformation: Transformation, row: Row) -> list[str]:
    return [name for name in transformation.key if name in row] or list(row)


def _is(column: pl.Expr, value: object, kind: pl.DataType) -> pl.Expr:
    if value is None:
        return column.is_null()
    return column == pl.lit(value, None if kind.is_nested() else kind)


def _rows_of(name: str, shape: QueryShape, joined: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The different rows of an input, under whatever alias it was joined."""
    numbers = [number for number, (_, each) in enumerate(shape.tables) if each == name]
    parts = [joined.select(pl.col(f"{_FROM}{number}").alias(_ROW)).drop_nulls() for number in numbers]
    found = pl.concat([pl.DataFrame(schema={_ROW: pl.Struct(table.schema)}), *parts]).unnest(_ROW)
    # After an outer join a row that matched nothing is a struct of nulls.
    found = found.filter(~pl.all_horizontal(pl.all().is_null()))
    is_of_records = table.ref.zone is not Zone.EXPLOITATION and set(PROVENANCE) <= set(found.columns)
    try:
        return found.unique(subset=list(PROVENANCE) if is_of_records else None, maintain_order=True)
    except pl.exceptions.PolarsError:
        return found


def _made_again(transformation: Transformation, rows: Mapping[str, pl.LazyFrame], row: Row) -> bool:
    """Whether the transformation gives the output row of some rows of its inputs."""
    try:
        made = as_storable(
            open_engine(transformation).run({name: rows[name] for name in transformation.inputs})
        )
        schema = made.collect_schema()
        if set(row) - set(schema):
            return False
        key = [name for name in transformation.key if name in row]
        for name in key:
            made = made.filter(_is(pl.col(name), row[name], schema[name]))
        found = made.collect(engine="streaming")
    except _UNMADE:
        return False
    return any(_is_like(each, row) for each in found.iter_rows(named=True))


def _is_like(made: Row, row: Row) -> bool:
    return all(_is_close(made[name], value) for name, value in row.items())


def _is_close(made: object, value: object) -> bool:
    """Whether two values are the same; sums of floats depend on the order of what is summed."""
    if isinstance(made, float) and isinstance(value, float):
        return math.isclose(made, value, rel_tol=_CLOSE, abs_tol=_CLOSE) or (made != made and value != value)  # noqa: PLR0124 - NaN
    return made == value


def _by_equality(transformation: Transformation, inputs: Mapping[str, Table], row: Row) -> Found:
    frames = {name: table.scan() for name, table in inputs.items()}
    schemas = {name: table.schema for name, table in inputs.items()}
    by = {name: _shared(row, _key(transformation, row), schema) for name, schema in schemas.items()}
    total = sum(table.row_count for table in inputs.values())
    for chosen in _choices([name for name in inputs if by[name]]):
        if not chosen and total > _MOST_ROWS:
            break
        rows = {
            name: _held(frame, by[name], schemas[name]) if name in chosen else frame
            for name, frame in frames.items()
        }
        if _made_again(transformation, rows, row):
            rows = _narrowed(transformation, rows, schemas, chosen, row)
            how = _how({name: by[name] for name in chosen})
            return Found(rows, Exactness.ENOUGH, how, {name: by[name] for name in chosen})
    return Found(frames, Exactness.BOUNDED, "no part of the inputs could be told that gives this row again")


def _choices(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The inputs to hold against the output row: all, then fewer, at last none."""
    for count in range(len(names), -1, -1):
        yield from combinations(names, count)


def _shared(row: Row, key: Sequence[str], schema: pl.Schema) -> dict[str, object]:
    """The columns of the key that an input has under the same name, with their values."""
    return {name: row[name] for name in key if name in schema and _can_be(row[name], schema[name])}


def _can_be(value: object, kind: pl.DataType) -> bool:
    """Whether a value may stand in a column of a type."""
    if value is None or kind.is_nested() or isinstance(value, float):
        return False
    is_right = {str: kind == pl.String, int: kind.is_integer(), bool: kind == pl.Boolean}
    return is_right.get(type(value), kind.is_temporal())


def _held(frame: pl.LazyFrame, by: Row, schema: pl.Schema) -> pl.LazyFrame:
    return frame.filter(*(_is(pl.col(name), value, schema[name]) for name, value in by.items()))


def _narrowed(
    transformation: Transformation,
    rows: dict[str, pl.LazyFrame],
    schemas: Mapping[str, pl.Schema],
    chosen: Sequence[str],
    row: Row,
) -> dict[str, pl.LazyFrame]:
    """The rows, of the other inputs only those that can be joined by columns of the same name, while that is enough."""
    for name in (each for each in rows if each not in chosen):
        for other in chosen:
            on = _joinable(schemas[name], schemas[other])
            if not on:
                continue
            fewer = {**rows, name: rows[name].join(rows[other].select(on).unique(), on=on, how="semi")}
            if _made_again(transformation, fewer, row):
                rows = fewer
    return rows


def _joinable(one: pl.Schema, other: pl.Schema) -> list[str]:
    return [
        name
        for name, kind in one.items()
        if other.get(name) == kind and not name.startswith("_") and not (kind.is_nested() or kind.is_float())
    ]


def _how(by: Mapping[str, Row]) -> str:
    columns = sorted({name for each in by.values() for name in each})
    if not columns:
        return "the inputs as a whole give this row again, and no part of them that its key tells does"
    return f"the rows of the inputs with the same {', '.join(columns)} give this row again"
