"""Landed files opened for reading: each can be read, or is refused as a whole, and brings what the mapping wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats import ROW, Format, open_format
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
from lake_assets.zones.small_files import open_small

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
    reader = open_format(dataset)
    small = open_small(root, reader, files, doubts)
    fitness = _Fitness(dataset, mapping)
    for file in files:
        opened = small.get(file.file_id)
        try:
            opened = opened or _open(root, reader, file, doubts)
            fitness.require(opened)
        except DecodeError as error:
            outcome.refused.append(Refused(file, _WHOLE_FILE, "", str(error)))
            outcome.unfit += [opened] if opened else []
        else:
            outcome.opened.append(opened)
            outcome.refused += [
                Refused(file, bad.row, bad.raw, bad.reason) for bad in opened.decoded.bad_records
            ]
    return outcome


def _open(root: LakeRoot, reader: Format, file: LandedFile, doubts: Doubts) -> Opened:
    if file.file_id in doubts.unreadable:
        raise doubts.unreadable[file.file_id]
    if file.file_id not in doubts.careful:
        try:
            return _decode(root, reader, file, is_careful=False)
        except UNREADABLE:
            doubts.careful.add(file.file_id)
    try:
        return _decode(root, reader, file, is_careful=True)
    except UNREADABLE as error:
        raise as_decode_error(file, error) from error


def _decode(root: LakeRoot, reader: Format, file: LandedFile, *, is_careful: bool) -> Opened:
    decoded = reader.decode(file, root.locate(file.path), root.storage_options, is_careful=is_careful)
    elements = dict(decoded.frame.collect_schema().items())
    elements.pop(ROW)
    return Opened(file, decoded, elements, is_careful)


@dataclass
class _Fitness:
    """Whether files bring what the mapping wants; those with the same elements are alike in that.

    Args:
        dataset: Whose files they are.
        mapping: In force; where it has no columns, those of the first file that fits.
    """

    dataset: Dataset
    mapping: Mapping
    _wrong: dict[tuple[str, ...], tuple[str, str] | None] = field(default_factory=dict)

    def require(self, opened: Opened) -> None:
        """Refuse a file that lacks a key column, or brings an element that a frozen mapping does not know.

        Raises:
            DecodeError: Naming the elements.
        """
        names = tuple(opened.elements)
        if names not in self._wrong:
            self._wrong[names] = self._judge(names)
        if wrong := self._wrong[names]:
            what, mend = wrong
            raise DecodeError(what, place=place_of(opened.file), mend=mend)
        if not self.mapping.columns:
            self.mapping = _named(self.mapping, names)
            self._wrong.clear()

    def _judge(self, elements: Sequence[str]) -> tuple[str, str] | None:
        """What is wrong and how to mend it; None when nothing is."""
        known = self.mapping.by_source_name()
        unknown = [name for name in elements if name not in known]
        columns = _named(self.mapping, unknown).columns
        brought = {column.name for column in columns if column.name_in(elements) is not None}
        lacking = [name for name in self.dataset.key if name not in brought]
        if lacking and elements:
            mend = "land a file that has it, or change the key or the mapping in the YAML"
            return f"the file lacks the key column {', '.join(lacking)}", mend
        if self.mapping.drift is DriftPolicy.FREEZE and self.mapping.columns and unknown:
            mend = "add it to the mapping, or set drift to evolve or rescue"
            return f"the frozen mapping has no column for {', '.join(unknown)}", mend
        return None


def _named(mapping: Mapping, elements: Iterable[str]) -> Mapping:
    """The mapping with the names that elements get; of what type they are does not matter yet."""
    known = mapping.by_source_name()
    return extend(mapping, {name: pl.Series(dtype=pl.String) for name in elements if name not in known})


def map_elements(mapping: Mapping, opened: Sequence[Opened]) -> Mapping:
    """The mapping with a column for each element that it does not know yet, unless those are to be rescued."""
    seen = set[tuple[str, ...]]()
    for each in opened:
        names = tuple(each.elements)
        known = mapping.by_source_name() if names not in seen else each.elements
        unknown = [name for name in names if name not in known]
        seen.add(names)
        if unknown and (mapping.drift is not DriftPolicy.RESCUE or not mapping.columns):
            sample = each.decoded.frame.select(unknown).head(SAMPLE_ROWS).collect()
            mapping = extend(mapping, sample.to_dict())
    return mapping


def lacking_elements(mapping: Mapping, opened: Sequence[Opened]) -> Iterator[str]:
    """Say which mapped elements files lack, for people: once for all that lack the same."""
    mend = "let the source send what is missing, or take it out of the mapping"
    for names, files in _by_names(opened).items():
        lacking = [column.source_name for column in mapping.columns if column.name_in(names) is None]
        if lacking and names:
            who = "the file lacks" if len(files) == 1 else f"{len(files):,} files lack"
            first = place_of(files[0]) if len(files) == 1 else f"{place_of(files[0])} and others"
            what = f"{who} {', '.join(lacking)}: null in {'its' if len(files) == 1 else 'their'} rows"
            yield str(DecodeError(what, place=first, mend=mend))


def _by_names(opened: Sequence[Opened]) -> dict[tuple[str, ...], list[LandedFile]]:
    found: dict[tuple[str, ...], list[LandedFile]] = {}
    for each in opened:
        found.setdefault(tuple(each.elements), []).append(each.file)
    return found
