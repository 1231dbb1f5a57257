"""Landed files written as data files of the formatted table, every record of them placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import Dataset, LandedFile, Zone
from lake_assets.model import Mapping as ColumnMapping
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.accounting import not_whole
from lake_assets.zones.decoding import Doubts, Opened, Opening, map_elements, open_files
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
    """

    files: list[DataFile]
    opening: Opening
    mapping: ColumnMapping
    schema: pl.Schema


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
    doubts = Doubts()
    while True:
        written = _attempt(root, dataset, table, files, doubts)
        if written is None:
            continue
        doubtful = not_whole(root, dataset, written.opening.opened, written.files, written.mapping)
        if not doubtful:
            return written
        discard(root, dataset.table(Zone.FORMATTED), written.files)
        _doubt(doubts, written.opening.opened, dict.fromkeys(doubtful, "not every record came out of it"))


def _attempt(
    root: LakeRoot, dataset: Dataset, table: Table | None, files: Sequence[LandedFile], doubts: Doubts
) -> Written | None:
    """Write once; None when some file could not be read, which is then noted as a doubt."""
    known = mapping_in_force(dataset, table)
    opening = open_files(root, dataset, known, files, doubts)
    try:
        mapping = map_elements(known, opening.opened)
        schema = stored_schema(
            mapping, nested_types(mapping, opening.opened, table.schema if table else pl.Schema())
        )
        frame = (
            typed_frame(opening.opened, mapping, schema) if opening.opened else pl.LazyFrame(schema=schema)
        )
        return Written(write_data_files(root, dataset.table(Zone.FORMATTED), frame), opening, mapping, schema)
    except pl.exceptions.PolarsError:
        failures = {each.file.file_id: _failure(each.decoded.frame) for each in opening.opened}
        culprits = {file_id: reason for file_id, reason in failures.items() if reason}
        if not culprits:
            raise
        _doubt(doubts, opening.opened, culprits)
        return None


def _doubt(doubts: Doubts, opened: Sequence[Opened], reasons: Mapping[int, str]) -> None:
    """Read the files with care next time; those that were read so already cannot be read."""
    for each in opened:
        if each.is_careful and each.file.file_id in reasons:
            doubts.unreadable[each.file.file_id] = reasons[each.file.file_id]
    doubts.careful |= reasons.keys()


def _failure(frame: pl.LazyFrame) -> str:
    """Why a frame cannot be read; empty when it can."""
    try:
        frame.select(pl.all().null_count()).collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        return str(error)
    return ""
