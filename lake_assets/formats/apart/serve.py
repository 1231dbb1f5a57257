"""The child: takes one file after the other and hands over what is in it, block by block."""

from __future__ import annotations

import json
import os
import socket
from base64 import b64encode
from collections.abc import Iterator
from importlib import import_module
from typing import TypeAlias, cast

import pyarrow as pa

from lake_assets.formats.apart.canonical import canonical_batch, canonical_schema, units_of
from lake_assets.formats.apart.contents import Contents, NotThisFormatError, Reader
from lake_assets.formats.apart.limits import Expansion, TooLargeError, hold_back, limit
from lake_assets.formats.apart.memory_file import is_worth_a_file, sealed
from lake_assets.formats.apart.wire import BLOCK, DONE, FAILED, LARGE, OPENED, STOP, Wire, WireClosedError

__all__ = ["serve"]

_Content: TypeAlias = "dict[str, object] | pa.RecordBatch"
_Reply: TypeAlias = "tuple[bytes, _Content]"


def serve(descriptor: int) -> None:
    """Answer until the lake closes its end.

    Args:
        descriptor: The child's end of the connection.
    """
    hold_back()
    wire = Wire(socket.socket(fileno=descriptor))
    try:
        while True:
            file = wire.receive_descriptor()
            _answer(wire, file, json.loads(wire.receive()[1]))
            pa.default_memory_pool().release_unused()
    except WireClosedError:
        return
    finally:
        wire.close()


def _answer(wire: Wire, file: int, request: dict[str, object]) -> None:
    """Say what the file holds, then give one block each time one is asked for."""
    replies = _replies(file, request)
    opening = next(replies)
    _send(wire, *opening)
    if opening[0] == FAILED:
        return
    for reply in replies:
        asked, _ = wire.receive()
        if asked == STOP:
            wire.send(DONE, {})
            return
        _send(wire, *reply)


def _send(wire: Wire, tag: bytes, content: _Content) -> None:
    if isinstance(content, dict):
        wire.send(tag, content)
    elif (descriptor := _in_memory(content)) is None:
        wire.send(tag, _encoded(content))
    else:
        try:
            wire.send(LARGE)
            wire.send_descriptor(descriptor)
        finally:
            os.close(descriptor)


def _in_memory(block: pa.RecordBatch) -> int | None:
    """The descriptor of a file that holds the block; None where it is too small for one, or the system gives none."""
    try:
        return sealed(block) if is_worth_a_file(block) else None
    except OSError:
        return None


def _replies(file: int, request: dict[str, object]) -> Iterator[_Reply]:
    """All that there is to say about a file; the last one says that it is done, or why it cannot be."""
    with os.fdopen(file, "rb", buffering=0) as stream:
        size = os.fstat(file).st_size
        limit(size)
        try:
            reader = cast("Reader", import_module(str(request["reader"])))
            options = cast("dict[str, object]", request["options"])
            contents = reader.open_file(stream, options)
            schema = canonical_schema(contents.schema)
            yield OPENED, _opening(contents, schema)
            rows = 0
            for block in _sized(contents, schema, Expansion(size, int(str(options["ratio"])))):
                rows += block.num_rows
                yield BLOCK, block
            yield DONE, {"rows": rows}
        except GeneratorExit:
            raise
        except BaseException as error:  # noqa: BLE001 - a panic in Rust is no Exception
            yield FAILED, {"reason": _reason(error), "is_bomb": isinstance(error, TooLargeError)}


def _opening(contents: Contents, schema: pa.Schema) -> dict[str, object]:
    units = units_of(contents.schema)
    return {
        "schema": b64encode(schema.serialize()).decode(),
        "rows": contents.rows,
        "notes": contents.notes | ({"units": units} if units else {}),
    }


def _sized(contents: Contents, schema: pa.Schema, expansion: Expansion) -> Iterator[pa.RecordBatch]:
    for batch in contents.blocks:
        block = canonical_batch(batch, schema)
        expansion.add(block.nbytes)
        yield block


def _encoded(block: pa.RecordBatch) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, block.schema) as writer:
        writer.write_batch(block)
    return sink.getvalue()


def _reason(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "it needs more memory than a file may take"
    if isinstance(error, NotThisFormatError | TooLargeError):
        return str(error)
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return first[:500]
