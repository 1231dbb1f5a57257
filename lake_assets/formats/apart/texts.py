"""Arrow values as text; bytes that are no text in Base64, with a mark before it."""

# pyarrow.compute makes its functions when it is imported, where pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import json
from base64 import b64encode
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as is_

from lake_assets.formats.apart.nests import lists_of, structs_of

__all__ = ["as_texts", "bytes_text", "json_texts", "plain_texts", "sound_texts", "uuid_texts"]

_UUID_BYTES = 16


def bytes_text(value: bytes) -> str:
    r"""Bytes as the UTF-8 text that they are, else in Base64.

    >>> bytes_text("né".encode()), bytes_text(b"\xff\x00")
    ('né', 'base64:/wA=')
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return f"base64:{b64encode(value).decode()}"


def as_texts(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Bytes as texts; see `bytes_text`."""
    if is_.is_fixed_size_binary(values.type) or is_.is_binary_view(values.type):
        values = values.cast(pa.large_binary() if is_.is_large_string(wanted) else pa.binary())
    try:
        return values.cast(wanted)
    except pa.ArrowInvalid:
        return pa.array(
            [None if value is None else bytes_text(value) for value in values.to_pylist()], wanted
        )


def sound_texts(values: pa.Array) -> pa.Array:
    """Values in which every text that is not UTF-8 is in Base64, at whatever depth."""
    kind = values.type
    if is_.is_string(kind) or is_.is_large_string(kind):
        return as_texts(values.view(pa.large_binary() if is_.is_large_string(kind) else pa.binary()), kind)
    if is_.is_large_list(kind):
        return lists_of(values, sound_texts(values.flatten()), kind)
    if is_.is_struct(kind):
        return structs_of(values, [sound_texts(child) for child in values.flatten()], kind)
    return values


def plain_texts(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Times, numbers and the like as Arrow writes them; null for the type that has no other value."""
    if is_.is_null(values.type):
        return pa.nulls(len(values), wanted)
    return pc.cast(values, wanted)


def json_texts(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """What has no type of its own in the lake, as JSON."""
    cells = [None if value is None else _json(value) for value in values.to_pylist()]
    return pa.array(cells, wanted)


def _json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def uuid_texts(values: pa.Array) -> pa.Array:
    """UUIDs as they are written."""
    cells = [
        None if value is None or len(value) != _UUID_BYTES else str(UUID(bytes=value))
        for value in values.to_pylist()
    ]
    return pa.array(cells, pa.string())
