"""What lands of a topic: one file for each micro-batch of a partition, one JSON line for each message.

The first line says what the file holds: topic, partition, offsets, the number of messages, and the Avro schemas by
which its values were written. Keys and values stand as text where they are UTF-8, else as `{"base64": ...}`, so their
bytes can be told exactly from either.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Batch", "Message", "message_line"]

_NO_TIMESTAMP = 0


class Message(Protocol):
    """The parts of a message that are kept, as confluent-kafka gives them."""

    def partition(self) -> int | None: ...
    def offset(self) -> int | None: ...
    def timestamp(self) -> tuple[int, int]: ...
    def key(self) -> bytes | None: ...
    def value(self) -> bytes | None: ...
    def headers(self) -> object: ...


@dataclass(frozen=True)
class Batch:
    """Messages of one partition, in order.

    Args:
        partition: The partition.
        start: The offset from which it was read.
        until: The offset at which reading goes on.
        lines: One for each message.
        schemas: The Avro schemas that its lines name.
    """

    partition: int
    start: int
    until: int
    lines: Sequence[bytes] = field(repr=False)
    schemas: Mapping[str, object] = field(default_factory=dict, repr=False)

    def chunks(self, topic: str, topic_id: str) -> Iterator[bytes]:
        """The bytes that land."""
        head = {
            "kafka": 1,
            "topic": topic,
            "topic_id": topic_id,
            "partition": self.partition,
            "from": self.start,
            "until": self.until,
            "messages": len(self.lines),
            "schemas": dict(self.schemas),
        }
        yield _line(head)
        yield from self.lines


def message_line(message: Message, schema: str | None = None) -> bytes:
    """A message as one JSON line.

    Args:
        message: The message.
        schema: The name of the Avro schema of its value; None where values are not Avro.
    """
    kind, milliseconds = message.timestamp()
    row = {
        "partition": message.partition(),
        "offset": message.offset(),
        "timestamp": None if kind == _NO_TIMESTAMP else milliseconds,
        "key": _told(message.key()),
        "headers": [[name, _told(value)] for name, value in _pairs(message.headers())],
        "value": _told(message.value()),
    }
    return _line(row if schema is None else {**row, "schema": schema})


def _pairs(headers: object) -> list[tuple[str, bytes | None]]:
    return headers if isinstance(headers, list) else []


def _told(content: bytes | None) -> str | dict[str, str] | None:
    if content is None:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(content).decode()}


def _line(row: Mapping[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
