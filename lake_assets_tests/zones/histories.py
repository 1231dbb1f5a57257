"""Histories said by hand: which versions a table must hold of rows in whatever files and batches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from lake_assets_tests.flow.a_lake import ALake

Row = tuple[int, int, int | None, int]
"""Key, day since when it holds, price, and a colour that keeps the rules when it is not negative."""

_rows = st.tuples(st.integers(1, 2), st.integers(1, 6), st.none() | st.integers(0, 1), st.integers(-1, 1))
batches = st.lists(st.lists(st.lists(_rows, max_size=4), max_size=2), min_size=1, max_size=4)
"""Batches of files of rows."""

DATED = (
    "bikes: {{from: '*.csv', key: [id], write: scd2, {valid_from}"
    "columns: {{id: int, day: date, price: int, colour: int}}, rules: [{{in_range: {{colour: [{least}, 9]}}}}]}}"
)


@contextmanager
def fresh_lake() -> Iterator[ALake]:
    """A lake of its own for each example."""
    with tempfile.TemporaryDirectory() as folder:
        yield ALake(Path(folder))


def declare(a_lake: ALake, *, least: int = 0, is_dated: bool = True) -> None:
    a_lake.declare(DATED.format(valid_from="valid_from: day, " if is_dated else "", least=least))


def drop(a_lake: ALake, name: str, rows: Sequence[Row]) -> None:
    lines = "".join(
        f"{key},2024-01-0{day},{'' if price is None else price},{colour}\n"
        for key, day, price, colour in rows
    )
    a_lake.drop(f"{name}.csv", f"id,day,price,colour\n{lines}")


def expected(rows: Sequence[Row], least: int = 0) -> list[tuple[int, int, int | None, int, int | None, bool]]:
    """The versions: key, day, price, colour, day of the next, whether it is current; rows in the order of arrival."""
    found = []
    kept = [row for row in rows if row[3] >= least]
    for key in sorted({row[0] for row in kept}):
        by_day = {row[1]: row for row in kept if row[0] == key}
        opened = []
        for day in sorted(by_day):
            if not opened or opened[-1][2:] != by_day[day][2:]:
                opened.append(by_day[day])
        ends = [*(row[1] for row in opened[1:]), None]
        found += [(*row, end, end is None) for row, end in zip(opened, ends, strict=True)]
    return found


def held(a_lake: ALake) -> list[tuple[object, ...]]:
    """What the table holds, in the same form."""
    if a_lake.find("trusted.bikes") is None or not a_lake.count("trusted.bikes"):
        return []
    frame = a_lake.frame("trusted.bikes").sort("id", "valid_from")
    assert frame["day"].equals(frame["valid_from"])
    rows = frame.select("id", "day", "price", "colour", "valid_to", "is_current").rows()
    return [(key, day.day, price, colour, end and end.day, now) for key, day, price, colour, end, now in rows]
