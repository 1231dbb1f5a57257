"""A file whose lines are JSON, one record each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._json_frame import json_schema, to_rows
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats._json_text import JsonParser, JsonValue, kind_of
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._text import UNDECODABLE, bom_encoding, escaped, lines_of, texts_of
from lake_assets.formats.protocol import BadRecord, Decoded

__all__ = ["JsonLines"]

_BLOCK_CHARACTERS = 8 << 20


@dataclass
class _Block:
    """Some records in order, and the lines among them that are none."""

    numbers: list[int] = field(default_factory=list)
    records: list[dict[str, JsonValue]] = field(default_factory=list)
    bad: list[BadRecord] = field(default_factory=list)
    characters: int = 0


@dataclass(frozen=True)
class JsonLines:
    """NDJSON of any size: read once to learn the type of each element, and again whenever the rows are wanted.

    Polars' own reader is not used: it takes the first of duplicate keys, makes large integers beside fractions
    inexact and lone surrogates NUL, and stops at the first line that is no object.

    Args:
        data: The file.
    """

    data: FileBytes

    def decode(self) -> Decoded:
        """Judge every line, and make the frame of the good ones.

        Raises:
            DecodeError: When no line is a JSON object.
        """
        decoded, shape = self._decode(JsonParser())
        return self._decode(JsonParser(keeps_large=True))[0] if shape.is_infinite else decoded

    def _decode(self, parser: JsonParser) -> tuple[Decoded, JsonShape]:
        bad = BadRecords(self.data.place, "set lines: false where the file is one document")
        shape, good, blocks = JsonShape(), 0, 0
        block = _Block()
        for block in self._blocks(parser):
            shape.look(block.records)
            good += len(block.records)
            blocks += 1
            for each in block.bad:
                bad.add(each.row, each.raw, each.reason)
        if not good:
            raise self._not_lines(bad.found)
        schema = json_schema(shape, self.data.place)
        decision = {"lines": True, **parser.notes}
        if blocks == 1:
            frame = to_rows(shape, block.records, block.numbers).lazy()
        else:
            frame = lazy_blocks(
                lambda: self._frames(shape, JsonParser(keeps_large=parser.keeps_large)), schema
            )
        return Decoded(frame, bad.found, is_whole=lambda rows, _nulls: rows == good, decision=decision), shape

    def _not_lines(self, bad: tuple[BadRecord, ...]) -> DecodeError:
        first = f": row {bad[0].row}: {bad[0].reason}" if bad else ", only empty lines"
        mend = "let the source send the file again, or set lines: false where it is one document"
        return DecodeError(f"no line of the file is a JSON object{first}", place=self.data.place, mend=mend)

    def _frames(self, shape: JsonShape, parser: JsonParser) -> Iterator[pl.DataFrame]:
        for block in self._blocks(parser):
            yield to_rows(shape, block.records, block.numbers)

    def _blocks(self, parser: JsonParser) -> Iterator[_Block]:
        block = _Block()
        for row, line in enumerate(self._lines(), start=1):
            self._place(row, line, parser, block)
            block.characters += len(line)
            if block.characters > _BLOCK_CHARACTERS:
                yield block
                block = _Block()
        yield block

    def _lines(self) -> Iterator[str]:
        """The lines that are not empty; those alone are numbered."""
        texts = texts_of(self.data.chunks(), bom_encoding(self.data.head) or "utf-8")
        return (line for line in lines_of(texts, self.data.place) if line and not line.isspace())

    def _place(self, row: int, line: str, parser: JsonParser, block: _Block) -> None:
        value, reason = _parsed(line, parser)
        if isinstance(value, dict) and not reason:
            block.numbers.append(row)
            block.records.append(value)
        else:
            why = reason or f"a record is not an object but {kind_of(value)}"
            block.bad.append(BadRecord(row, escaped(line.removesuffix("\r")), why))


def _parsed(line: str, parser: JsonParser) -> tuple[JsonValue, str]:
    if not line.isascii() and UNDECODABLE.search(line):
        return None, "bytes that are no text"
    try:
        return parser.parse(line), ""
    except json.JSONDecodeError as error:
        return None, f"not JSON at column {error.colno}: {error.msg}"
    except ValueError:
        return None, "not JSON: a number has more digits than can be read"
    except RecursionError:
        return None, "not JSON: nested too deep"
