"""An Avro file written anew, with nothing in some of its records and its texts changed."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias, cast

__all__ = ["avro_anew"]

_Schema: TypeAlias = "str | dict[str, object] | list[_Schema]"

_WRITTEN = {"null", "deflate", "bzip2", "xz"}
_SYNC_BYTES = 16


def avro_anew(data: bytes, gone: Collection[int], change: Callable[[str], str]) -> bytes:
    """Write an Avro file anew; what was written so is written again byte for byte.

    Where records are to say nothing, their fields are made such as may be null. Codecs that can be read and not
    written become `deflate`.

    Args:
        data: The file, which was decoded before: what nobody vouches for is not read in this process first.
        gone: Numbers of the records that are to say nothing, from 1.
        change: What becomes of each text in the others.

    Raises:
        ValueError: When it cannot be read, or its values cannot be written again.
    """
    try:
        return _anew(data, gone, change)
    # fastavro and its codecs have no error of their own for what does not fit.
    except (ArithmeticError, AttributeError, EOFError, LookupError, TypeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _anew(data: bytes, gone: Collection[int], change: Callable[[str], str]) -> bytes:
    import fastavro  # noqa: PLC0415 - only who writes Avro pays for it

    from lake_assets.formats.apart.avro_codecs import register_codecs  # noqa: PLC0415 - see above

    register_codecs()
    # Of a union of records each value says which it is, so that it is written as that one again.
    reader = fastavro.reader(io.BytesIO(data), return_named_type=True)
    schema: _Schema = json.loads(reader.metadata["avro.schema"])
    wanted = _nullable(schema) if gone else schema
    nothing = _nothing(wanted)
    records = (
        nothing if number in gone else _changed(record, change)
        for number, record in enumerate(cast("Iterator[object]", reader), start=1)
    )
    told = {name: value for name, value in reader.metadata.items() if not name.startswith("avro.")}
    written = io.BytesIO()
    fastavro.writer(
        written,
        cast("dict[str, object]", wanted),
        records,
        codec=reader.codec if reader.codec in _WRITTEN else "deflate",
        metadata=told,
        sync_marker=hashlib.sha256(json.dumps(wanted).encode()).digest()[:_SYNC_BYTES],
    )
    return written.getvalue()


def _nullable(schema: _Schema) -> _Schema:
    """A schema of which a record may say nothing: by its fields, or as a whole where it has none."""
    if isinstance(schema, dict) and schema["type"] == "record":
        fields = cast("list[dict[str, object]]", schema["fields"])
        return {
            **schema,
            "fields": [{**each, "type": _or_null(cast("_Schema", each["type"]))} for each in fields],
        }
    return _or_null(schema)


def _or_null(schema: _Schema) -> _Schema:
    """The null comes last: the default of a field is of the first kind."""
    branches = schema if isinstance(schema, list) else [schema]
    return schema if schema == "null" or "null" in branches else [*branches, "null"]


def _nothing(schema: _Schema) -> object:
    if isinstance(schema, dict) and schema["type"] == "record":
        return {str(each["name"]): None for each in cast("list[dict[str, object]]", schema["fields"])}
    return None


def _changed(value: object, change: Callable[[str], str]) -> object:
    """A value with its texts changed, in whatever it nests; names of fields and keys of maps stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _changed(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_changed(each, change) for each in value]
    if isinstance(value, tuple):
        name, each = value
        return name, _changed(each, change)
    return value
