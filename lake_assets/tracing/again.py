"""Whether a transformation gives an output row of some rows of its inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.errors import LakeError
from lake_assets.model import Transformation
from lake_assets.storage.schema import as_storable
from lake_assets.tracing.results import Exactness

__all__ = ["UNMADE", "Found", "Values", "gives_again", "holds", "key_of", "shared"]

Values = Mapping[str, object]
"""An output row, by column."""

UNMADE = (LakeError, pl.exceptions.PolarsError)
"""What running a transformation over other rows than it was made for may raise."""

_CLOSE = 1e-9


@dataclass(frozen=True)
class Found:
    """Rows that an output row was made of.

    Args:
        rows: By input; lazy where they are too many to hold. Of records perhaps only what the transformation reads.
        exactness: How well they are known.
        how: In what way they were found, or why they are not known better.
        by: By input, the columns that were held against the output row, with the values.
    """

    rows: dict[str, pl.LazyFrame]
    exactness: Exactness
    how: str
    by: dict[str, dict[str, object]] = field(default_factory=dict)


def gives_again(transformation: Transformation, rows: Mapping[str, pl.LazyFrame], row: Values) -> bool:
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
            made = made.filter(holds(pl.col(name), row[name], schema[name]))
        found = made.collect(engine="streaming")
    except Exception:  # noqa: BLE001 - a function may raise anything over fewer rows than it was made for
        return False
    return any(_is_like(each, row) for each in found.iter_rows(named=True))


def _is_like(made: Values, row: Values) -> bool:
    return all(_is_close(made[name], value) for name, value in row.items())


def _is_close(made: object, value: object) -> bool:
    """Whether two values are the same; sums of floats depend on the order of what is summed."""
    if isinstance(made, float) and isinstance(value, float):
        return math.isclose(made, value, rel_tol=_CLOSE, abs_tol=_CLOSE) or (made != made and value != value)  # noqa: PLR0124 - NaN
    return made == value


def holds(column: pl.Expr, value: object, kind: pl.DataType) -> pl.Expr:
    """Whether a column has a value, or null."""
    if value is None:
        return column.is_null()
    return column == pl.lit(value, None if kind.is_nested() else kind)


def key_of(transformation: Transformation, row: Values) -> list[str]:
    """The columns that identify an output row; all of them where none are declared."""
    return [name for name in transformation.key if name in row] or list(row)


def shared(row: Values, key: Sequence[str], schema: pl.Schema) -> dict[str, object]:
    """The columns of the key that an input has under the same name, with their values."""
    return {name: row[name] for name in key if name in schema and _can_be(row[name], schema[name])}


def _can_be(value: object, kind: pl.DataType) -> bool:
    """Whether a value may stand in a column of a type."""
    if value is None or kind.is_nested() or isinstance(value, float):
        return False
    is_right = {str: kind == pl.String, int: kind.is_integer(), bool: kind == pl.Boolean}
    return is_right.get(type(value), kind.is_temporal())
