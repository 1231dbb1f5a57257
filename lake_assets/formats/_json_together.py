"""Many small files of JSON lines, made rows together: by itself each would cost more than its records do.

Each file is parsed and looked at by itself, so that its elements are of the types that its own values have. Files whose
elements are all alike are then made rows at once. What is in any way unusual is left to be decoded alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl

from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._json_frame import json_schema, to_rows
from lake_assets.formats._json_members import most_members, texts_in
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats._json_text import JsonParser, JsonValue
from lake_assets.formats._together import decoded_of, numbered, portions
from lake_assets.formats.protocol import Decoded
from lake_assets.model import LandedFile

__all__ = ["CleanJson", "clean_lines", "make_together"]


@dataclass(frozen=True)
class CleanJson:
    """A small file whose lines are all objects, with no key twice in any of them.

    Args:
        file: The file.
        records: Its records.
        schema: Of the rows they make.
    """

    file: LandedFile
    records: list[dict[str, JsonValue]]
    schema: pl.Schema

    @property
    def likeness(self) -> object:
        """The same for files whose rows can be made together."""
        return tuple(self.schema.items())


def clean_lines(data: FileBytes, text: str, fewest: int) -> CleanJson | None:
    """Parse a file of lines; None where anything about it is to be told.

    Args:
        data: The file, which is small.
        text: All of it.
        fewest: How many lines that are objects make it a file of lines.

    Raises:
        DecodeError: When a key cannot be the name of an element.
    """
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    parser = JsonParser(counts_duplicates=False)
    records = parser.parse_objects(lines) if len(lines) >= fewest else None
    if not records or parser.notes:
        return None
    shape = JsonShape()
    shape.look_records(records)
    has_all = shape.members + shape.texts == texts_in(text) or shape.members == most_members(text)
    if shape.is_infinite or not has_all:
        return None
    return CleanJson(data.file, records, json_schema(shape, data.place))


def make_together(files: Sequence[CleanJson]) -> dict[int, Decoded]:
    """Make rows of files, all that are alike at once.

    Returns:
        What became of each, by its id.
    """
    made: dict[int, Decoded] = {}
    for alike in portions(files, lambda each: each.likeness, lambda each: each.file.size_bytes):
        for part, rows in _rows(alike):
            decided: list[tuple[LandedFile, dict[str, object]]]
            decided = [(each.file, {"lines": True}) for each in part]
            made |= decoded_of(rows, decided, [len(each.records) for each in part])
    return made


def _rows(files: Sequence[CleanJson]) -> Iterator[tuple[Sequence[CleanJson], pl.DataFrame]]:
    """Files with their rows, unless together they are of other types than each alone."""
    records = list(chain.from_iterable(each.records for each in files))
    shape = JsonShape()
    columns = shape.look_records(records)
    if json_schema(shape, files[0].file.name) == files[0].schema:
        yield files, to_rows(shape, columns, numbered([len(each.records) for each in files]).to_list())
