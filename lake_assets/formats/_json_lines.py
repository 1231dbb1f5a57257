"""A file whose lines are JSON, one record each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._json_frame import json_schema, to_rows
from lake_assets.formats._json_members import most_members
from lake_assets.formats._json_shape import JsonShape, columns_of
from lake_assets.formats._json_text import JsonParser, JsonValue, is_text, kind_of
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._text import UNDECODABLE, bom_encoding, escaped, lines_of, texts_of
from lake_assets.formats.protocol import BadRecord, Decoded

__all__ = ["JsonLines"]

_BLOCK_CHARACTERS = 8 << 20


@dataclass
class _Block:
    """Some records in order, and the lines among them that are none.

    Args:
        members: As many as there are in the lines that are JSON, or more.
    """

    numbers: Sequence[int] = field(default_factory=list)
    records: list[dict[str, JsonValue]] = field(default_factory=list)
    bad: list[BadRecord] = field(default_factory=list)
    members: int = 0


@dataclass(frozen=True)
class JsonLines:
    """NDJSON of any size: read once to learn the type of each element, and again whenever the rows are wanted.

    Lines are parsed many at once; where one of them is no record, each by itself.

    Polars' own reader is not used: it takes the first of duplicate keys, makes large integers beside fractions
    inexact and lone surrogates NUL, and stops at the first line that is no object.

    Args:
        data: The file.
        is_careful: Whether lines are parsed one by one and duplicate keys counted from the start, not only where there
            may be some.
    """

    data: FileBytes
    is_careful: bool = False

    def decode(self) -> Decoded:
        """Judge every line, and make the frame of the good ones.

        Raises:
            DecodeError: When no line is a JSON object.
        """
        decoded, shape, members = self._decode(JsonParser(counts_duplicates=self.is_careful))
        if shape.is_infinite or not (self.is_careful or members == shape.members):
            decoded, *_ = self._decode(JsonParser(keeps_large=shape.is_infinite))
        return decoded

    def _decode(self, parser: JsonParser) -> tuple[Decoded, JsonShape, int]:
        bad = BadRecords(self.data.place, "set lines: false where the file is one document")
        shape, good, blocks, members = JsonShape(), 0, 0, 0
        block, columns = _Block(), dict[str, Sequence[JsonValue]]()
        for block in self._blocks(parser):
            columns = shape.look_records(block.records)
            good += len(block.records)
            members += block.members
            blocks += 1
            for each in block.bad:
                bad.add(each.row, each.raw, each.reason)
        if not good:
            raise self._not_lines(bad.found)
        schema = json_schema(shape, self.data.place)
        decision = {"lines": True, **parser.notes}
        if blocks == 1:
            frame = to_rows(shape, columns, block.numbers).lazy()
        else:
            again = JsonParser(keeps_large=parser.keeps_large, counts_duplicates=False)
            frame = lazy_blocks(lambda: self._frames(shape, again), schema)
        decoded = Decoded(frame, bad.found, is_whole=lambda rows, _nulls: rows == good, decision=decision)
        return decoded, shape, members

    def _not_lines(self, bad: tuple[BadRecord, ...]) -> DecodeError:
        first = f": row {bad[0].row}: {bad[0].reason}" if bad else ", only empty lines"
        mend = "let the source send the file again, or set lines: false where it is one document"
        return DecodeError(f"no line of the file is a JSON object{first}", place=self.data.place, mend=mend)

    def _frames(self, shape: JsonShape, parser: JsonParser) -> Iterator[pl.DataFrame]:
        for block in self._blocks(parser):
            yield to_rows(shape, columns_of(block.records), block.numbers)

    def _blocks(self, parser: JsonParser) -> Iterator[_Block]:
        lines: list[str] = []
        row, characters = 1, 0
        for line in self._lines():
            lines.append(line)
            characters += len(line)
            if characters > _BLOCK_CHARACTERS:
                yield self._block(row, lines, parser)
                row, lines, characters = row + len(lines), [], 0
        yield self._block(row, lines, parser)

    def _lines(self) -> Iterator[str]:
        """The lines that are not empty; those alone are numbered."""
        texts = texts_of(self.data.chunks(), bom_encoding(self.data.head) or "utf-8")
        return (line for line in lines_of(texts, self.data.place) if line and not line.isspace())

    def _block(self, first: int, lines: list[str], parser: JsonParser) -> _Block:
        text = "\n".join(lines)
        records = None if self.is_careful or not is_text(text) else parser.parse_objects(lines)
        if records is None:
            return _one_by_one(first, lines, parser)
        return _Block(range(first, first + len(records)), records, members=most_members(text))


def _one_by_one(first: int, lines: Sequence[str], parser: JsonParser) -> _Block:
    numbers: list[int] = []
    block = _Block(numbers)
    for row, line in enumerate(lines, start=first):
        value, reason = _parsed(line, parser)
        block.members += 0 if reason else most_members(line)
        if isinstance(value, dict) and not reason:
            numbers.append(row)
            block.records.append(value)
        else:
            why = reason or f"a record is not an object but {kind_of(value)}"
            block.bad.append(BadRecord(row, escaped(line.removesuffix("\r")), why))
    return block


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
