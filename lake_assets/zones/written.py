"""Landed files written as data files of the formatted table, every record of them placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import Dataset, LandedFile, Mapping, Zone
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.accounting import not_whole
from lake_assets.zones.decoding import map_elements, open_files
from lake_assets.zones.numbers import have_odd_numbers, is_all_in_place, with_numbers
from lake_assets.zones.opened import UNREADABLE, Doubts, Opened, Opening, as_decode_error
from lake_assets.zones.pinned_mapping import mapping_in_force, stored_schema
from lake_assets.zones.typed import nested_types, typed_frame

__all__ = ["Written", "write_files"]


@dataclass(frozen=True)
class Written:
    """What was written of some landed files.

    Args:
        files: The data files, not committed yet.
        opening: Which files could be read, and what had to be set aside.
        mapping: By which they were written.
        schema: Of the formatted table.
        known: The mapping in force before them.
        is_first: Whether no row came before them.
        has_odd_numbers: Whether numbers were read as text first, and some cell proved to be none.
    """

    files: list[DataFile]
    opening: Opening
    mapping: Mapping
    schema: pl.Schema
    known: Mapping
    is_first: bool
    has_odd_numbers: bool


def write_files(
    root: LakeRoot, dataset: Dataset, table: Table | None, files: Sequence[LandedFile]
) -> Written:
    """Write all files, the fast way first; those that prove not whole again, carefully.

    Args:
        root: The lake.
        dataset: Whose files they are.
        table: Its formatted table; None when it is not there.
        files: In the order in which they landed.
    """
    doubts = Doubts(has_odd_numbers=have_odd_numbers(table, [file.size_bytes for file in files]))
    while True:
        written = _attempt(root, dataset, table, files, doubts)
        if written is None:
            continue
        doubtful = not_whole(root, dataset, written.opening.opened, written.files, written.mapping)
        if not doubtful:
            return written
        discard(root, dataset.table(Zone.FORMATTED), written.files)
        for each in written.opening.opened:
            if each.file.file_id in doubtful:
                _doubt(doubts, each, None)


def _attempt(
    root: LakeRoot, dataset: Dataset, table: Table | None, files: Sequence[LandedFile], doubts: Doubts
) -> Written | None:
    """Write once; None when some file could not be read, which is then noted as a doubt."""
    known = mapping_in_force(dataset, table)
    opening = open_files(root, dataset, known, files, doubts)
    taken = opening.opened
    try:
        mapping = map_elements(known, opening.opened)
        if not doubts.has_odd_numbers:
            taken = [with_numbers(each, mapping) for each in opening.opened]
        schema = stored_schema(
            mapping, nested_types(mapping, opening.opened, table.schema if table else pl.Schema())
        )
        frame = typed_frame(taken, mapping, schema) if taken else pl.LazyFrame(schema=schema)
        made = write_data_files(root, dataset.table(Zone.FORMATTED), frame)
        is_first = table is None or not table.row_count
        is_odd = doubts.has_odd_numbers and not is_all_in_place(made)
        return Written(made, opening, mapping, schema, known, is_first, is_odd)
    except UNREADABLE:
        if any(each is not plain for each, plain in zip(taken, opening.opened, strict=True)):
            doubts.has_odd_numbers = True
            return None
        failures = [(each, error) for each in opening.opened if (error := _failure(each.decoded.frame))]
        if not failures:
            raise
        for each, error in failures:
            _doubt(doubts, each, error)
        return None


def _failure(frame: pl.LazyFrame) -> Exception | None:
    """Why a frame cannot be read; None when it can."""
    try:
        frame.select(pl.all().null_count()).collect(engine="streaming")
    except UNREADABLE as error:
        return error
    return None


def _doubt(doubts: Doubts, each: Opened, error: Exception | None) -> None:
    """Read a file with care next time; one that was read so already cannot be read."""
    doubts.careful.add(each.file.file_id)
    if each.is_careful:
        doubts.unreadable[each.file.file_id] = as_decode_error(each.file, error)
