"""What formats have in common that read many small files in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TypeVar

import polars as pl

from lake_assets.formats.protocol import Decoded, Shared
from lake_assets.model import LandedFile

__all__ = ["decoded_of", "halves", "numbered", "portions"]

_PORTION_BYTES = 16 << 20

_File = TypeVar("_File")


def portions(
    files: Iterable[_File], likeness: Callable[[_File], object], size: Callable[[_File], int]
) -> Iterator[list[_File]]:
    """Files that are alike, as many together as memory holds with ease; in order among each other.

    Args:
        files: In order.
        likeness: The same for files that can be read together.
        size: Of a file, in bytes.

    >>> list(portions(["a1", "b1", "a2"], lambda name: name[0], len))
    [['a1', 'a2'], ['b1']]
    """
    groups: dict[object, list[_File]] = {}
    for each in files:
        groups.setdefault(likeness(each), []).append(each)
    for alike in groups.values():
        portion, size_bytes = list[_File](), 0
        for each in alike:
            size_bytes += size(each)
            if portion and size_bytes > _PORTION_BYTES:
                yield portion
                portion, size_bytes = [], size(each)
            portion.append(each)
        yield portion


def halves(files: Sequence[_File]) -> list[Sequence[_File]]:
    """Both halves of some files; nothing of one alone.

    >>> halves("abc"), halves("a")
    (['a', 'bc'], [])
    """
    middle = len(files) // 2
    return [files[:middle], files[middle:]] if middle else []


def numbered(counts: Sequence[int]) -> pl.Series:
    """The record numbers of files that have so many records each, one after the other.

    >>> numbered([2, 1]).to_list()
    [1, 2, 1]
    """
    ends = pl.Series(counts, dtype=pl.Int64) + 1
    return pl.select(pl.int_ranges(1, ends).explode()).to_series()


def decoded_of(
    rows: pl.DataFrame, files: Sequence[tuple[LandedFile, dict[str, object]]], counts: Sequence[int]
) -> dict[int, Decoded]:
    """What became of files that were read together, by their ids.

    Args:
        rows: Of all of them, file after file.
        files: Each with how it was read.
        counts: How many rows each of them has.
    """
    ids = pl.DataFrame({"id": [file.file_id for file, _ in files], "count": counts})
    shared = Shared(rows, ids.select(pl.col("id").repeat_by("count").explode()).to_series())
    begins = accumulate(counts, initial=0)
    return {
        file.file_id: Decoded(
            rows.slice(begin, count).lazy(),
            is_whole=partial(_is_all, count),
            decision=decision,
            shared=shared,
        )
        for (file, decision), begin, count in zip(files, begins, counts, strict=False)
    }


def _is_all(count: int, rows: int, _witness_nulls: int) -> bool:
    return rows == count
