"""Landed files opened for reading: each can be read, or is refused as a whole, and brings what the mapping wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats import ROW, open_format
from lake_assets.model import Dataset, DriftPolicy, LandedFile, Mapping
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.inference import SAMPLE_ROWS
from lake_assets.zones.opened import (
    UNREADABLE,
    Doubts,
    Opened,
    Opening,
    Refused,
    as_decode_error,
    place_of,
)
from lake_assets.zones.pinned_mapping import extend

__all__ = ["lacking_elements", "map_elements", "open_files"]

_WHOLE_FILE = 0


def open_files(
    root: LakeRoot, dataset: Dataset, mapping: Mapping, files: Sequence[LandedFile], doubts: Doubts
) -> Opening:
    """Open landed files for reading; a file that is not what it should be is refused as a whole.

    Args:
        root: The lake.
        dataset: Whose files they are.
        mapping: In force before them.
        files: The files.
        doubts: About these files. Those whose fast path fails are added.
    """
    outcome = Opening()
    for file in files:
        opened = None
        try:
            opened = _open(root, dataset, file, doubts)
            _check_elements(dataset, mapping, opened)
        except DecodeError as error:
            outcome.refused.append(Refused(file, _WHOLE_FILE, "", str(error)))
            outcome.unfit += [opened] if opened else []
        else:
            mapping = mapping if mapping.columns else _named(mapping, opened.elements)
            outcome.opened.append(opened)
            outcome.refused += [
                Refused(file, bad.row, bad.raw, bad.reason) for bad in opened.decoded.bad_records
            ]
    return outcome


def _open(root: LakeRoot, dataset: Dataset, file: LandedFile, doubts: Doubts) -> Opened:
    if file.file_id in doubts.unreadable:
        raise doubts.unreadable[file.file_id]
    if file.file_id not in doubts.careful:
        try:
            return _decode(root, dataset, file, is_careful=False)
        except UNREADABLE:
            doubts.careful.add(file.file_id)
    try:
        return _decode(root, dataset, file, is_careful=True)
    except UNREADABLE as error:
        raise as_decode_error(file, error) from error


def _decode(root: LakeRoot, dataset: Dataset, file: LandedFile, *, is_careful: bool) -> Opened:
    reader = open_format(dataset)
    location = root.locate(file.path)
    decoded = reader.decode(file, location, root.storage_options, is_careful=is_careful)
    elements = dict(decoded.frame.collect_schema().items())
    elements.pop(ROW)
    return Opened(file, decoded, elements, is_careful)


def _check_elements(dataset: Dataset, mapping: Mapping, opened: Opened) -> None:
    """Refuse a file that lacks a key column, or brings an element that a frozen mapping does not know.

    Raises:
        DecodeError: Naming the elements.
    """
    place = place_of(opened.file)
    unknown = [name for name in opened.elements if name not in mapping.by_source_name()]
    columns = _named(mapping, unknown).columns
    brought = {column.name for column in columns if column.name_in(opened.elements) is not None}
    lacking = [name for name in dataset.key if name not in brought]
    if lacking and opened.elements:
        mend = "land a file that has it, or change the key or the mapping in the YAML"
        raise DecodeError(f"the file lacks the key column {', '.join(lacking)}", place=place, mend=mend)
    if mapping.drift is DriftPolicy.FREEZE and mapping.columns and unknown:
        mend = "add it to the mapping, or set drift to evolve or rescue"
        raise DecodeError(
            f"the frozen mapping has no column for {', '.join(unknown)}", place=place, mend=mend
        )


def _named(mapping: Mapping, elements: Iterable[str]) -> Mapping:
    """The mapping with the names that elements get; of what type they are does not matter yet."""
    known = mapping.by_source_name()
    return extend(mapping, {name: pl.Series(dtype=pl.String) for name in elements if name not in known})


def map_elements(mapping: Mapping, opened: Sequence[Opened]) -> Mapping:
    """The mapping with a column for each element that it does not know yet, unless those are to be rescued."""
    for each in opened:
        known = mapping.by_source_name()
        unknown = [name for name in each.elements if name not in known]
        if unknown and (mapping.drift is not DriftPolicy.RESCUE or not mapping.columns):
            sample = each.decoded.frame.select(unknown).head(SAMPLE_ROWS).collect()
            mapping = extend(mapping, sample.to_dict())
    return mapping


def lacking_elements(mapping: Mapping, opened: Sequence[Opened]) -> Iterator[str]:
    """Say of each file which mapped elements it lacks, for people."""
    mend = "let the source send what is missing, or take it out of the mapping"
    for each in opened:
        lacking = [column.source_name for column in mapping.columns if column.name_in(each.elements) is None]
        if lacking and each.elements:
            what = f"the file lacks {', '.join(lacking)}: null in its rows"
            yield str(DecodeError(what, place=place_of(each.file), mend=mend))
