"""Numbers that a format reads as such at once, where it can: text made first, then cast, costs a tenth more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from lake_assets.model import ColumnType, Mapping
from lake_assets.storage.data_files import DataFile
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED, STORED_TYPES
from lake_assets.zones.opened import Opened

__all__ = ["NUMBERS_AS_TEXT", "have_odd_numbers", "is_all_in_place", "with_numbers"]

NUMBERS_AS_TEXT = "numbers_as_text"
"""The note of a commit with files whose cells had to be looked at one by one: not each was the number it should be."""

_LEAST_BYTES = 1 << 20
_NUMBERS = {ColumnType.INT, ColumnType.FLOAT}


def with_numbers(each: Opened, mapping: Mapping) -> Opened:
    """The file with its plain numbers read as numbers; as it is where its format cannot, or it is small.

    What is read then raises at the first cell that is no number, and the file is read as text instead.

    Args:
        each: The file.
        mapping: Covers its elements.
    """
    typed = each.decoded.typed
    if typed is None or each.file.size_bytes < _LEAST_BYTES:
        return each
    numbers = _numbers(each.elements, mapping)
    if not numbers:
        return each
    decoded = replace(each.decoded, frame=typed(numbers), typed=None)
    return replace(each, decoded=decoded, elements={**each.elements, **numbers})


def _numbers(elements: dict[str, pl.DataType], mapping: Mapping) -> dict[str, pl.DataType]:
    """The elements that one column takes, as a number that is written plainly."""
    taken = [(name, column) for column in mapping.columns if (name := column.name_in(elements)) is not None]
    takers = Counter(name for name, _ in taken)
    return {
        name: STORED_TYPES[column.kind]
        for name, column in taken
        if column.kind in _NUMBERS and not column.layout and takers[name] == 1 and elements[name] == pl.String
    }


def have_odd_numbers(table: Table | None, files_bytes: Iterable[int]) -> bool:
    """Whether the files before were such that it is not worth trying.

    Args:
        table: The formatted table as it is.
        files_bytes: Sizes of the files that come now.
    """
    if table is None or all(size < _LEAST_BYTES for size in files_bytes):
        return False
    note = table.last_note()
    return note is not None and bool(note.content.get(NUMBERS_AS_TEXT))


def is_all_in_place(written: Sequence[DataFile]) -> bool:
    """Whether no cell of what was written is beside its row, by the statistics."""
    found = [json.loads(file.statistics) for file in written]
    return all(each["nullCount"].get(RESCUED) == each["numRecords"] for each in found)
