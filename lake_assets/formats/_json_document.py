"""A file that is one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import jmespath  # type: ignore[import-untyped]

from lake_assets.errors import DecodeError, near_names
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._json_frame import json_schema, to_rows
from lake_assets.formats._json_members import counted_beside, most_members, texts_in
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats._json_text import JsonParser, JsonValue, kind_of
from lake_assets.formats.protocol import Decoded

__all__ = ["JsonDocument"]


@dataclass(frozen=True)
class _Made:
    """A document as rows.

    Args:
        decoded: The rows.
        shape: Of the records.
        members: How many members the objects of the document have.
        texts: How many of its values are texts.
    """

    decoded: Decoded
    shape: JsonShape
    members: int
    texts: int

    def has_all_of(self, text: str) -> bool:
        """Whether all that is written in the text came out of it: no key stands twice in an object."""
        return self.members + self.texts == texts_in(text) or self.members == most_members(text)


@dataclass(frozen=True)
class JsonDocument:
    """A document that fits into memory, and where its records are.

    Args:
        data: The file.
        records: Where they are in the document, in JMESPath; empty when the document is the list of them, or one.
        max_bytes: The largest document that is read.
        is_careful: Whether duplicate keys are counted from the start, not only where there may be some.
    """

    data: FileBytes
    records: str
    max_bytes: int
    is_careful: bool = False

    def decode(self) -> Decoded:
        """Parse the document and make rows of its records.

        Raises:
            DecodeError: When it is not JSON, is too large, or holds no records where they should be.
        """
        text = self._text()
        parser = JsonParser(counts_duplicates=self.is_careful)
        made = self._decoded(text, parser)
        if made.shape.is_infinite or not (self.is_careful or made.has_all_of(text)):
            parser = JsonParser(keeps_large=made.shape.is_infinite)
            made = self._decoded(text, parser)
        decoded = made.decoded
        return Decoded(
            decoded.frame, decoded.bad_records, is_whole=decoded.is_whole, decision=self._decision(parser)
        )

    def _decoded(self, text: str, parser: JsonParser) -> _Made:
        try:
            document = self._parse(text, parser)
            found = self._select(document)
            decoded, shape = self._rows(found)
            members, texts = counted_beside(document, found)
            return _Made(decoded, shape, members + shape.members, texts + shape.texts)
        except RecursionError as error:
            raise self._not_json("it is nested too deep") from error

    def _decision(self, parser: JsonParser) -> dict[str, object]:
        return {"lines": False, **({"records": self.records} if self.records else {}), **parser.notes}

    def _text(self) -> str:
        parts: list[bytes] = []
        size = 0
        for chunk in self.data.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size > self.max_bytes:
                mend = "set max_bytes higher, or lines: true where each line is a record"
                what = f"the document is larger than {self.max_bytes:,} bytes"
                raise DecodeError(what, place=self.data.place, mend=mend)
        stored = b"".join(parts)
        try:
            return stored.decode(json.detect_encoding(stored))
        except UnicodeDecodeError as error:
            mend = "let the source send UTF-8"
            raise self._not_json(f"byte {error.start} is not {error.encoding}", mend) from error

    def _parse(self, text: str, parser: JsonParser) -> JsonValue:
        try:
            return parser.parse(text)
        except json.JSONDecodeError as error:
            raise self._not_json(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
        except ValueError as error:
            raise self._not_json("a number has more digits than can be read") from error

    def _not_json(self, why: str, mend: str = "") -> DecodeError:
        mend = (
            mend
            or "let the source send the file again, complete; set lines: true where each line is a record"
        )
        return DecodeError(f"the file is not JSON: {why}", place=self.data.place, mend=mend)

    def _select(self, document: JsonValue) -> list[JsonValue]:
        found: JsonValue = jmespath.search(self.records, document) if self.records else document
        if isinstance(found, list):
            return found
        if isinstance(found, dict):
            return [found]
        where = f"at {self.records!r}" if self.records else "in the document"
        what = f"expected a list of records {where}, found {kind_of(found)}"
        raise DecodeError(what, place=self.data.place, mend=self._mend_path(document))

    def _mend_path(self, document: JsonValue) -> str:
        keys = list(document) if isinstance(document, dict) else []
        return f"set records to where they are: {near_names(self.records, keys)}"

    def _rows(self, found: list[JsonValue]) -> tuple[Decoded, JsonShape]:
        bad = BadRecords(self.data.place, "set records to the list whose elements are objects")
        numbers, records = _numbered(found)
        for row, value in enumerate(found, start=1) if len(records) < len(found) else ():
            if type(value) is not dict:
                what = f"a record is not an object but {kind_of(value)}"
                bad.add(row, json.dumps(value, ensure_ascii=False), what)
        shape = JsonShape()
        columns = shape.look_records(records)
        json_schema(shape, self.data.place)
        frame, good = to_rows(shape, columns, numbers).lazy(), len(records)
        # What is returned must not keep the records alive: many files are open at once.
        return Decoded(frame, bad.found, is_whole=lambda rows, _nulls: rows == good), shape


def _numbered(found: list[JsonValue]) -> tuple[Sequence[int], list[dict[str, JsonValue]]]:
    """Those that are objects, with their numbers from 1."""
    if set(map(type, found)) <= {dict}:
        return range(1, len(found) + 1), cast("list[dict[str, JsonValue]]", found)
    numbered = {row: value for row, value in enumerate(found, start=1) if type(value) is dict}
    return list(numbered), list(numbered.values())
