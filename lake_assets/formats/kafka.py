"""Messages of a Kafka topic, as the `kafka` connector lands them: one JSON line each, under a line about them all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._json_frame import json_schema, to_rows
from lake_assets.formats._json_shape import JsonShape, columns_of
from lake_assets.formats._json_text import JsonParser, JsonValue
from lake_assets.formats._kafka_columns import OURS, message_columns
from lake_assets.formats._kafka_values import ValueReader
from lake_assets.formats._options import checked_options
from lake_assets.formats._text import escaped
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Kafka", "KafkaOptions"]


class KafkaOptions(FormatOptions):
    """What values are, where they were not written by an Avro schema.

    Args:
        value: `json`: an object, each of whose members is a column; `text` or `base64`: one column `value`.
    """

    value: Literal["json", "text", "base64"] = "json"


@dataclass
class _Messages:
    """What the lines of a file came to."""

    shape: JsonShape = field(default_factory=JsonShape)
    numbers: list[int] = field(default_factory=list)
    lines: list[dict[str, JsonValue]] = field(default_factory=list)
    records: list[dict[str, JsonValue]] = field(default_factory=list)


class Kafka:
    """Messages: the elements of their values, and beside them `kafka_partition`, `kafka_offset` and the rest.

    A message without a value, a tombstone, is a row with nothing but these.
    """

    options: ClassVar[type[FormatOptions]] = KafkaOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(KafkaOptions, dataset)

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. There is but one path, and it is careful.

        The connector bounds what lands as one file, and so what is in memory here.

        Raises:
            DecodeError: When the file was not landed by the connector, or not whole.
        """
        del is_careful
        data = FileBytes(file, location, storage_options)
        refuse_foreign(data, "messages of Kafka")
        head, lines = _parts(data)
        bad = BadRecords(data.place, "declare under format what the values are: json, text or base64")
        reader = ValueReader(self._options.value, head.get("schemas"), JsonParser())
        found = _read(lines, reader, bad)
        if found.shape.is_infinite:
            # Numbers beyond double precision are kept as text.
            bad = BadRecords(data.place, "")
            reader = ValueReader(self._options.value, head.get("schemas"), JsonParser(keeps_large=True))
            found = _read(lines, reader, bad)
        rows = len(found.numbers)
        return Decoded(
            _frame(found, reader, data.place).lazy(),
            bad.found,
            is_whole=lambda read, _nulls: read == rows,
            decision={"value": self._options.value, "schemas": reader.used},
        )


def _parts(data: FileBytes) -> tuple[dict[str, JsonValue], list[bytes]]:
    """The line about the messages, and the lines of the messages.

    Raises:
        DecodeError: When the former is missing or counts others.
    """
    first, *lines = b"".join(data.chunks()).split(b"\n")
    head: dict[str, JsonValue] = {}
    try:
        head = json.loads(first)
        count = head["messages"] if head["kafka"] == 1 else None
    except (ValueError, TypeError, KeyError, RecursionError):
        count = None
    if not isinstance(count, int):
        what = "the file does not begin with a line about its messages"
        mend = "declare another format: this one is for what the kafka connector lands"
        raise DecodeError(what, place=data.place, mend=mend)
    if len(lines) != count + 1 or lines[-1]:
        whole = max(len(lines) - 1, 0)
        what = f"the file is cut: {whole:,} of {count:,} messages are whole"
        raise DecodeError(what, place=data.place, mend="restore it from a backup of the lake root")
    return head, lines[:-1]


def _read(lines: list[bytes], reader: ValueReader, bad: BadRecords) -> _Messages:
    found = _Messages()
    for row, line in enumerate(lines, start=1):
        try:
            message = reader.line(line)
            record = _without_ours(reader.value(message))
        except (ValueError, RecursionError) as error:
            raw = line.decode("utf-8", "surrogateescape")
            reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
            bad.add(row, escaped(raw), reason)
        else:
            found.numbers.append(row)
            found.lines.append(message)
            found.records.append(record)
    found.shape.look(found.records)
    return found


def _without_ours(record: dict[str, JsonValue]) -> dict[str, JsonValue]:
    if clash := OURS & record.keys():
        raise ValueError(f"the value has an element named {min(clash)}")
    return record


def _frame(found: _Messages, reader: ValueReader, place: str) -> pl.DataFrame:
    if not found.numbers:
        # No elements at all, so that no column is missed.
        return pl.DataFrame(schema={ROW: pl.Int64})
    json_schema(found.shape, place)
    rows = reader.typed(to_rows(found.shape, columns_of(found.records), found.numbers))
    return rows.with_columns(message_columns(found.lines)).select(pl.exclude(ROW), ROW)
