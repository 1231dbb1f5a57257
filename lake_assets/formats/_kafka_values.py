"""The values of messages as records: JSON objects, text, base64, or by the Avro schema they were written by."""

from __future__ import annotations

from base64 import b64decode, b64encode

import polars as pl

from lake_assets.formats._json_text import JsonParser, JsonValue, kind_of
from lake_assets.formats._kafka_avro import AvroSchema, typed_by
from lake_assets.formats._kafka_columns import text_of

__all__ = ["ValueReader"]

_WIRE_BYTES = 5
_OF_FILE = "file"


class ValueReader:
    """Reads messages of one file.

    Args:
        kind: What values are that no schema was written for: `json`, `text` or `base64`.
        schemas: Avro schemas by name, each after those that it refers to, as they were landed.
        parser: For JSON.
    """

    def __init__(self, kind: str, schemas: JsonValue, parser: JsonParser) -> None:
        """Keep the schemas; each is parsed when it is first wanted."""
        self._kind = kind
        self._declared = schemas if isinstance(schemas, dict) else {}
        self._parser = parser
        self._schemas: dict[str, AvroSchema] = {}

    @property
    def used(self) -> list[str]:
        """Names of the schemas by which values were read."""
        return sorted(self._schemas)

    def line(self, line: bytes) -> dict[str, JsonValue]:
        """A message as it was landed.

        Raises:
            ValueError: When the line is none.
        """
        message = self._parser.parse(line.decode())
        if isinstance(message, dict) and "value" in message:
            return message
        raise ValueError("the line is no message")

    def value(self, message: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """The value of a message as a record.

        Raises:
            ValueError: Saying why it is none.
        """
        told = message["value"]
        if told is None:
            return {}
        if "schema" in message:
            return self._by_schema(str(message["schema"]), _bytes(told))
        if self._kind == "base64":
            return {"value": b64encode(_bytes(told)).decode()}
        if not isinstance(told, str):
            raise ValueError("the value is no text in UTF-8")  # noqa: TRY004  a value, whatever it came as
        return {"value": told} if self._kind == "text" else self._object(told)

    def typed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with the types that the schemas give their elements, also where all are null."""
        return typed_by(list(self._schemas.values()), rows)

    def _object(self, text: str) -> dict[str, JsonValue]:
        try:
            value = self._parser.parse(text)
        except ValueError as error:
            raise ValueError(f"the value is not JSON: {error}") from error
        if isinstance(value, dict):
            return value
        raise ValueError(f"the value is not an object but {kind_of(value)}")

    def _by_schema(self, name: str, content: bytes) -> dict[str, JsonValue]:
        if not name:
            raise ValueError("the value does not begin with the id of a schema")
        if name not in self._schemas:
            declared = self._declared.get(name)
            if not isinstance(declared, list):
                raise ValueError(f"the registry does not know the schema {name}")
            self._schemas[name] = AvroSchema(declared)
        return self._schemas[name].read(content if name == _OF_FILE else content[_WIRE_BYTES:])


def _bytes(told: JsonValue) -> bytes:
    if isinstance(told, str):
        return told.encode()
    return b64decode(text_of(told) or "")
