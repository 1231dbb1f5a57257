"""From Polars schemas to Delta schemas, with the types that do not survive the way refused."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from deltalake import Field, Schema

from lake_assets.errors import SchemaError
from lake_assets.model import TableRef

__all__ = ["as_storable", "check_storable", "delta_schema"]

_UNSAFE = (
    pl.Categorical,
    pl.Enum,
    pl.UInt8,
    pl.UInt16,
    pl.UInt32,
    pl.UInt64,
    pl.Array,
    pl.Time,
    pl.Duration,
    pl.Int128,
    pl.Object,
    pl.Null,
)


def check_storable(schema: pl.Schema, ref: TableRef) -> None:
    """Refuse columns whose type does not survive a Delta table.

    Raises:
        SchemaError: Naming the first such column.
    """
    for name, kind in schema.items():
        if _is_unsafe(kind):
            raise SchemaError(
                f"column {name} has the type {kind}, which Delta tables do not hold",
                place=f"table {ref}, column {name}",
                mend="cast it to a text, an integer, a float, a date or a datetime",
            )


def _is_unsafe(kind: pl.DataType) -> bool:
    if isinstance(kind, pl.Struct):
        return any(_is_unsafe(_instance(field.dtype)) for field in kind.fields)
    if isinstance(kind, pl.List):
        return _is_unsafe(_instance(kind.inner))
    return isinstance(kind, _UNSAFE)


def _instance(kind: object) -> pl.DataType:
    return kind if isinstance(kind, pl.DataType) else kind()  # type: ignore[operator, return-value]


def delta_schema(schema: pl.Schema, notes: Mapping[str, dict[str, str]]) -> Schema:
    """The Delta schema of a Polars schema, every column nullable.

    Args:
        schema: Storable; see `check_storable`.
        notes: Delta field metadata of columns, by name; `comment` is what people are shown.
    """
    plain = Schema.from_arrow(schema)
    return Schema([Field(column.name, column.type, nullable=True, metadata=notes.get(column.name)) for column in plain.fields])


def as_storable(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Cast the plain columns of a computed frame to the types of the canonical model.

    Integers become Int64, floats Float64, categories text, datetimes microseconds in UTC.
    """
    casts = [pl.col(name).cast(wanted) for name, kind in frame.collect_schema().items() if (wanted := _canonical(kind))]
    return frame.with_columns(casts) if casts else frame


def _canonical(kind: pl.DataType) -> pl.DataType | None:
    """The type to cast to; None to leave as it is."""
    if kind.is_integer():
        return pl.Int64() if kind != pl.Int64 else None
    if kind.is_float():
        return pl.Float64() if kind != pl.Float64 else None
    if isinstance(kind, pl.Categorical | pl.Enum | pl.Null):
        return pl.String()
    if isinstance(kind, pl.Datetime) and kind != pl.Datetime("us", "UTC"):
        return pl.Datetime("us", "UTC")
    return None
