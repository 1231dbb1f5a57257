"""Small random files in random batches, and what each write mode must make of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from lake_assets_tests.flow.a_lake import ALake

Row = tuple[int | None, int]
File = tuple[Row, ...]
Batches = Sequence[Sequence[File]]

_rows = st.tuples(st.none() | st.integers(1, 3), st.integers(-2, 9))
_files = st.lists(_rows, max_size=4).map(tuple)
batches = st.lists(st.lists(_files, max_size=3), min_size=1, max_size=4)
"""Batches of files of rows (id, price); the same file may come again, ids may be null, prices may break the rule."""


@dataclass(frozen=True)
class Placed:
    """Where every row must be: its file by content, its number in it from 1."""

    trusted: list[tuple[File, int]]
    set_aside: list[tuple[File, int]]
    received: list[tuple[File, int]]


@contextmanager
def fresh_lake(mode: str) -> Iterator[ALake]:
    """A lake of its own for each example."""
    with tempfile.TemporaryDirectory() as folder:
        a_lake = ALake(Path(folder))
        a_lake.declare(
            f"bikes: {{from: '*.csv', key: [id], write: {mode}, columns: {{id: int, price: int}},"
            " rules: [{in_range: {price: [0, 9]}}]}"
        )
        yield a_lake


def drop(a_lake: ALake, number: int, files: Sequence[File]) -> None:
    for place, file in enumerate(files):
        lines = "".join(f"{'' if key is None else key},{price}\n" for key, price in file)
        a_lake.drop(f"{number}-{place}.csv", f"id,price\n{lines}")


def expected(mode: str, groups: Batches) -> Placed:
    """The rule of each mode, said row by row."""
    received, set_aside = [], []
    table: dict[object, tuple[File, int]] = {}
    for new in _new(mode, groups):
        received += [place for file in new for place in _places(file)]
        for file in new:
            good = [place for place in _places(file) if _is_good(place, mode)]
            set_aside += [place for place in _places(file) if not _is_good(place, mode)]
            table = {} if mode == "replace" and good else table
            table |= {_key(place) if mode == "upsert" else place: place for place in good}
    return Placed(list(table.values()), set_aside, received)


def _new(mode: str, groups: Batches) -> Iterator[list[File]]:
    """Of each batch the files that are no duplicates: of the file before, where each is the truth at its time."""
    seen: list[File] = []
    for files in groups:
        new = []
        for file in files:
            if file not in (seen[-1:] if mode == "replace" else seen):
                new.append(file)
            seen.append(file)
        yield new


def _places(file: File) -> list[tuple[File, int]]:
    return [(file, number) for number in range(1, len(file) + 1)]


def _key(place: tuple[File, int]) -> int | None:
    file, number = place
    return file[number - 1][0]


def _is_good(place: tuple[File, int], mode: str) -> bool:
    file, number = place
    return file[number - 1][1] >= 0 and not (mode == "upsert" and _key(place) is None)


def found(a_lake: ALake, table: str) -> list[tuple[File, int]]:
    """The rows of a table by the content of their landed file and their number in it."""
    if a_lake.find(table) is None:
        return []
    held = a_lake.landed_bytes()
    files = {
        file_id: _parsed(held[path])
        for file_id, path in a_lake.rows("governance.processed_files", "file_id", "path")
    }
    return [(files[file_id], row) for file_id, row in a_lake.rows(table, "_file", "_row")]


def _parsed(content: bytes) -> File:
    cells = [line.split(",") for line in content.decode().splitlines()[1:]]
    return tuple((int(key) if key else None, int(price)) for key, price in cells)
