"""From Polars schemas to Delta schemas, with the types that do not survive the way refused."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from deltalake import Field, Schema

from lake_assets.errors import SchemaError
from lake_assets.model import TableRef

__all__ = ["check_storable", "delta_schema"]

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


def delta_schema(schema: pl.Schema, descriptions: Mapping[str, str]) -> Schema:
    """The Delta schema of a Polars schema, with the meaning of columns as their comment.

    Args:
        schema: Storable; see `check_storable`.
        descriptions: Meaning of columns, by name; others have none.
    """
    plain = Schema.from_arrow(schema)
    return Schema(
        [
            Field(
                column.name,
                column.type,
                nullable=True,
                metadata={"comment": descriptions[column.name]} if descriptions.get(column.name) else None,
            )
            for column in plain.fields
        ]
    )
