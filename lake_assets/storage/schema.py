"""From Polars schemas to Delta schemas, with the types that do not survive the way refused."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from deltalake import Field, Schema

from lake_assets.errors import SchemaError
from lake_assets.model import TableRef

__all__ = ["as_storable", "check_fits", "check_storable", "delta_schema", "holds_local_times"]

_SAFE = (
    pl.Boolean,
    pl.String,
    pl.Binary,
    pl.Int8,
    pl.Int16,
    pl.Int32,
    pl.Int64,
    pl.Float32,
    pl.Float64,
    pl.Decimal,
    pl.Date,
)
_SAFE_DATETIMES = (pl.Datetime("us"), pl.Datetime("us", "UTC"))


def check_storable(schema: pl.Schema, ref: TableRef) -> None:
    """Refuse columns whose type does not survive a Delta table, and names that differ in case alone.

    Raises:
        SchemaError: Naming the first such column.
    """
    for name, kind in schema.items():
        if not _is_safe(kind):
            raise SchemaError(
                f"column {name} has the type {kind}, which Delta tables do not hold",
                place=f"table {ref}, column {name}",
                mend="cast it to a text, an integer, a float, a date or a datetime in microseconds, UTC",
            )
    _refuse_twins(list(schema), ref)


def _is_safe(kind: pl.DataType) -> bool:
    if isinstance(kind, pl.Struct):
        return bool(kind.fields) and all(_is_safe(_instance(field.dtype)) for field in kind.fields)
    if isinstance(kind, pl.List):
        return _is_safe(_instance(kind.inner))
    return kind in _SAFE_DATETIMES if isinstance(kind, pl.Datetime) else isinstance(kind, _SAFE)


def holds_local_times(schema: pl.Schema) -> bool:
    """Whether a column is or holds a datetime without a zone, which asks for a table feature.

    >>> holds_local_times(pl.Schema({"seen": pl.List(pl.Datetime("us"))}))
    True
    """
    return any(_holds_local_times(kind) for kind in schema.dtypes())


def _holds_local_times(kind: pl.DataType) -> bool:
    if isinstance(kind, pl.Struct):
        return any(_holds_local_times(_instance(field.dtype)) for field in kind.fields)
    if isinstance(kind, pl.List):
        return _holds_local_times(_instance(kind.inner))
    return kind == pl.Datetime("us")


def _instance(kind: object) -> pl.DataType:
    return kind if isinstance(kind, pl.DataType) else kind()  # type: ignore[operator]


def _refuse_twins(names: list[str], ref: TableRef) -> None:
    first = {name.lower(): name for name in reversed(names)}
    for name in names:
        if (twin := first[name.lower()]) != name:
            raise SchemaError(
                f"columns {twin} and {name} differ in case alone, which Delta tables do not tell apart",
                place=f"table {ref}, column {name}",
                mend="rename one of them",
            )


def check_fits(schema: pl.Schema, known: pl.Schema, ref: TableRef) -> None:
    """Refuse columns that a table has already, under another type or in another case.

    Args:
        schema: Of what is to be written.
        known: Of the table.
        ref: The table.

    Raises:
        SchemaError: Naming the first such column.
    """
    for name, kind in schema.items():
        if name in known and known[name] != kind:
            raise SchemaError(
                f"column {name} is {known[name]} in the table and {kind} in what is to be written",
                place=f"table {ref}, column {name}",
                mend="cast the column to the table's type, or give it another name",
            )
    _refuse_twins([*known, *(name for name in schema if name not in known)], ref)


def delta_schema(schema: pl.Schema, notes: Mapping[str, dict[str, str]]) -> Schema:
    """The Delta schema of a Polars schema, every column nullable.

    Args:
        schema: Storable; see `check_storable`.
        notes: Delta field metadata of columns, by name; `comment` is what people are shown.
    """
    plain = Schema.from_arrow(schema)
    return Schema(
        [
            Field(column.name, column.type, nullable=True, metadata=notes.get(column.name))
            for column in plain.fields
        ]
    )


def as_storable(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Cast the plain columns of a computed frame to the types of the canonical model.

    Integers become Int64, floats Float64, categories text, datetimes microseconds in UTC. A value that does not fit
    raises when the frame is collected.
    """
    casts = [
        pl.col(name).cast(wanted)
        for name, kind in frame.collect_schema().items()
        if (wanted := _canonical(kind))
    ]
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
