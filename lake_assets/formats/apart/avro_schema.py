"""Avro schemas as Arrow types, with what has to be done to values beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast
from uuid import UUID

import pyarrow as pa

from lake_assets.formats.apart.texts import bytes_text

__all__ = ["AvroTypes", "Convert"]

Convert: TypeAlias = "Callable[[object], object]"
_Schema: TypeAlias = "str | dict[str, object] | list[_Schema]"
_Found: TypeAlias = "tuple[pa.DataType, Convert | None]"

_PLAIN = {
    "null": pa.null(),
    "boolean": pa.bool_(),
    "int": pa.int64(),
    "long": pa.int64(),
    "float": pa.float64(),
    "double": pa.float64(),
    "string": pa.string(),
    "enum": pa.string(),
}
_LOGICAL = {
    "date": pa.date32(),
    "time-millis": pa.time32("ms"),
    "time-micros": pa.time64("us"),
    "timestamp-millis": pa.timestamp("ms", "UTC"),
    "timestamp-micros": pa.timestamp("us", "UTC"),
    "timestamp-nanos": pa.timestamp("ns", "UTC"),
    "local-timestamp-millis": pa.timestamp("ms"),
    "local-timestamp-micros": pa.timestamp("us"),
    "local-timestamp-nanos": pa.timestamp("ns"),
}
_DECIMAL_DIGITS = 38
_NUMBERS = {"int": 0, "long": 0, "float": 1, "double": 1}


@dataclass
class AvroTypes:
    """The Arrow type of each schema within one, under the names that are defined on the way.

    Logical types are left to Arrow, which takes the plain numbers. A union of several kinds is JSON text, and so is
    what holds itself.
    """

    _named: dict[str, dict[str, object]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def of(self, schema: _Schema) -> _Found:
        """The type of a schema as fastavro has parsed it, and how to convert its values; None where they fit as is."""
        if isinstance(schema, list):
            return self._of_union(schema)
        if isinstance(schema, str):
            return self._of_name(schema)
        return self._of_definition(schema)

    def _of_name(self, name: str) -> _Found:
        if name in self._named:
            return self._of_definition(self._named[name])
        return (pa.string(), _text) if name == "bytes" else (_PLAIN.get(name, pa.string()), None)

    def _of_definition(self, schema: dict[str, object]) -> _Found:
        kind, name = str(schema["type"]), str(schema.get("name", ""))
        if name:
            self._named[name] = schema
        if "logicalType" in schema and (found := _of_logical(schema, kind)):
            return found
        return self._of_kind(schema, kind, name)

    def _of_kind(self, schema: dict[str, object], kind: str, name: str) -> _Found:
        match kind:
            case "record" | "error":
                return self._of_record(schema, name)
            case "array":
                return self._of_array(cast("_Schema", schema["items"]))
            case "map":
                return self._of_map(cast("_Schema", schema["values"]))
            case "fixed":
                return pa.string(), _text
            case _:
                return self._of_name(kind)

    def _of_record(self, schema: dict[str, object], name: str) -> _Found:
        if name in self._open:
            return pa.string(), _json
        self._open.add(name)
        fields = cast("list[dict[str, object]]", schema["fields"])
        found = {str(each["name"]): self.of(cast("_Schema", each["type"])) for each in fields}
        self._open.discard(name)
        if not found:
            return pa.string(), _json
        kind = pa.struct([pa.field(each, kind) for each, (kind, _) in found.items()])
        converts = {each: convert for each, (_, convert) in found.items() if convert}
        return kind, _record(converts) if converts else None

    def _of_array(self, items: _Schema) -> _Found:
        kind, convert = self.of(items)
        return pa.large_list(kind), (_each(convert) if convert else None)

    def _of_map(self, values: _Schema) -> _Found:
        kind, convert = self.of(values)
        entry = pa.struct([pa.field("key", pa.string()), pa.field("value", kind)])
        return pa.large_list(entry), _entries(convert)

    def _of_union(self, branches: list[_Schema]) -> _Found:
        kinds = [branch for branch in branches if branch != "null"]
        if len(kinds) == 1:
            kind, convert = self.of(kinds[0])
            return kind, (_unless_null(convert) if convert else None)
        for kind in kinds:
            self.of(kind)  # names that are defined here may be used elsewhere
        if kinds and all(isinstance(kind, str) and kind in _NUMBERS for kind in kinds):
            is_exact = all(_NUMBERS[str(kind)] == 0 for kind in kinds)
            return (pa.int64(), None) if is_exact else (pa.string(), _unless_null(_json))
        return pa.string(), _unless_null(_json)


def _of_logical(schema: dict[str, object], kind: str) -> _Found | None:
    logical = str(schema["logicalType"])
    if logical == "decimal":
        precision, scale = int(str(schema.get("precision", 0))), int(str(schema.get("scale", 0)))
        fits = 0 < precision <= _DECIMAL_DIGITS and 0 <= scale <= precision
        return (pa.decimal128(precision, scale), None) if fits else (pa.string(), str)
    if logical == "uuid":
        return pa.string(), (_uuid if kind == "fixed" else None)
    return (_LOGICAL[logical], None) if logical in _LOGICAL and kind in {"int", "long"} else None


def _text(value: object) -> object:
    return bytes_text(value) if isinstance(value, bytes) else value


def _uuid(value: object) -> object:
    return str(UUID(bytes=value)) if isinstance(value, bytes) else value


def _json(value: object) -> object:
    plain = _text(value)
    return plain if isinstance(plain, str) else json.dumps(plain, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    return str(_text(value))


def _unless_null(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _each(convert: Convert) -> Convert:
    return lambda values: [convert(value) for value in cast("list[object]", values)]


def _entries(convert: Convert | None) -> Convert:
    def entries(value: object) -> object:
        pairs = cast("Mapping[str, object]", value).items()
        return [{"key": key, "value": convert(each) if convert else each} for key, each in pairs]

    return entries


def _record(converts: dict[str, Convert]) -> Convert:
    def record(value: object) -> object:
        members = cast("dict[str, object]", value)
        return members | {name: convert(members[name]) for name, convert in converts.items()}

    return record
