"""Single Avro values, without the container that Avro files have."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import cast
from uuid import UUID

import fastavro
import polars as pl
from fastavro.schema import SchemaParseException, UnknownType

from lake_assets.formats._json_text import JsonValue

__all__ = ["AvroSchema", "typed_by"]

_INSTANT = pl.Datetime("us", "UTC")
_ISO = "%Y-%m-%dT%H:%M:%S%.f%#z"
_TYPES: dict[str, pl.DataType] = {
    "boolean": pl.Boolean(),
    "int": pl.Int64(),
    "long": pl.Int64(),
    "float": pl.Float64(),
    "double": pl.Float64(),
    "date": pl.Date(),
    "timestamp-millis": _INSTANT,
    "timestamp-micros": _INSTANT,
}
# What fastavro raises where bytes do not fit the schema.
_UNFIT = (ArithmeticError, EOFError, LookupError, StopIteration, TypeError, ValueError, struct.error)


class AvroSchema:
    """A schema by which values were written.

    Args:
        declared: As Avro's JSON, after the schemas that it refers to.
    """

    def __init__(self, declared: Sequence[JsonValue]) -> None:
        """Parse what is declared.

        Raises:
            ValueError: When it is no schema.
        """
        named: dict[str, dict[str, object]] = {}
        try:
            parsed = [fastavro.parse_schema(cast("dict[str, object]", each), named) for each in declared]
        except (SchemaParseException, UnknownType, *_UNFIT) as error:
            raise ValueError(f"the schema is no Avro schema: {error}") from error
        self._parsed = parsed[-1]

    def read(self, content: bytes) -> dict[str, JsonValue]:
        """A value as a record; what JSON has no type for stands as text, bytes as base64.

        Raises:
            ValueError: When the schema is none, or the bytes do not fit it.
        """
        stream = BytesIO(content)
        try:
            record = fastavro.schemaless_reader(stream, self._parsed, None)
        except _UNFIT as error:
            said = f"{type(error).__name__}: {error}"
            raise ValueError(f"the value does not fit its Avro schema ({said})") from error
        if left := len(content) - stream.tell():
            raise ValueError(f"the value does not fit its Avro schema: {left} bytes are left over")
        value = _as_json(record)
        return value if isinstance(value, dict) else {"value": value}

    @property
    def types(self) -> dict[str, pl.DataType | None]:
        """The types of the elements; None where the values themselves tell."""
        fields = self._parsed.get("fields", []) if isinstance(self._parsed, dict) else []
        return {field["name"]: _type_of(field["type"]) for field in fields}


def typed_by(schemas: Sequence[AvroSchema], rows: pl.DataFrame) -> pl.DataFrame:
    """Cast the elements that all schemas give the same type.

    Args:
        schemas: By which values of the rows were written.
        rows: Their elements, as JSON gives them types.
    """
    said: dict[str, set[pl.DataType | None]] = {}
    for schema in schemas:
        for name, kind in schema.types.items():
            said.setdefault(name, set()).add(kind)
    agreed = {name: kind for name, kinds in said.items() if len(kinds) == 1 and (kind := min(kinds, key=str))}
    return rows.with_columns(
        _cast(name, kind) for name, kind in agreed.items() if rows.schema.get(name) == pl.String
    )


def _cast(name: str, kind: pl.DataType) -> pl.Expr:
    text = pl.col(name)
    if kind == _INSTANT:
        return text.str.to_datetime(_ISO, time_unit="us", time_zone="UTC")
    return text.str.to_date("%Y-%m-%d") if kind == pl.Date else text.cast(kind)


def _type_of(declared: object) -> pl.DataType | None:
    if isinstance(declared, list):
        others = [each for each in declared if each != "null"]
        return _type_of(others[0]) if len(others) == 1 else None
    if isinstance(declared, dict):
        logical = declared.get("logicalType")
        return _TYPES.get(str(logical)) if logical else _type_of(declared.get("type"))
    return _TYPES.get(str(declared))


def _as_json(value: object) -> JsonValue:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dict():
            return {str(name): _as_json(each) for name, each in value.items()}
        case list():
            return [_as_json(each) for each in value]
        case bytes():
            return b64encode(value).decode()
        case _:
            return _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise ValueError(f"the value holds {type(value).__name__}, which has no place in a row")
