"""Small landed files, opened many at once where their format can: of each alone, opening costs more than its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lake_assets.formats import DecodesTogether, Format, format_class
from lake_assets.model import Dataset, LandedFile
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.opened import Doubts, Opened

__all__ = ["files_at_once", "open_small"]

_FILES = 512
_SMALL_FILES = 4_096

_SMALL_BYTES = 64 << 10
_TOGETHER_BYTES = 16 << 20


def files_at_once(dataset: Dataset) -> int:
    """How many files of a dataset are taken in by one commit at most."""
    return _SMALL_FILES if issubclass(format_class(dataset.format), DecodesTogether) else _FILES


def open_small(
    root: LakeRoot, reader: Format, files: Sequence[LandedFile], doubts: Doubts
) -> dict[int, Opened]:
    """Open those of some files that are small and clean.

    Args:
        root: The lake.
        reader: Of the dataset.
        files: The files.
        doubts: About these files: those that raised one are left to be opened alone.

    Returns:
        The files that were opened, by their ids.
    """
    if not isinstance(reader, DecodesTogether):
        return {}
    opened: dict[int, Opened] = {}
    for some in _together(files, doubts):
        located = [(file, root.locate(file.path)) for file in some]
        decoded = reader.decode_together(located, root.storage_options)
        for file in some:
            if (one := decoded.get(file.file_id)) and one.shared:
                opened[file.file_id] = Opened(file, one, one.shared.elements, is_careful=False)
    return opened


def _together(files: Sequence[LandedFile], doubts: Doubts) -> Iterator[list[LandedFile]]:
    """The small ones that raised no doubt, as many at once as memory holds with ease; never one alone."""
    some, size_bytes = list[LandedFile](), 0
    for file in files:
        is_doubted = file.file_id in doubts.careful or file.file_id in doubts.unreadable
        if is_doubted or file.size_bytes >= _SMALL_BYTES:
            continue
        some.append(file)
        size_bytes += file.size_bytes
        if size_bytes > _TOGETHER_BYTES:
            yield some
            some, size_bytes = [], 0
    if len(some) > 1:
        yield some
