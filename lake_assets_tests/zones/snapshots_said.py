"""Snapshots, and what a table must hold after them, said row by row."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from lake_assets_tests.flow.a_lake import ALake

Row = tuple[int | str | None, int]
"""Key and price; a key that is a text makes a record that does not parse, a negative price breaks the rule."""

_rows = st.tuples(st.none() | st.integers(1, 3) | st.just("torn"), st.integers(-1, 1))
snapshots = st.lists(st.lists(_rows, max_size=4).map(tuple), min_size=1, max_size=5)


def declare(a_lake: ALake, *, marks: bool = False, empties: bool = False, least: int = 0) -> None:
    more = ("deletions: mark, " if marks else "") + ("empty_deletes: true, " if empties else "")
    a_lake.declare(
        f"bikes: {{from: '*.csv', key: [id], write: snapshot, {more}columns: {{id: int, price: int}},"
        f" rules: [{{in_range: {{price: [{least}, 9]}}}}]}}"
    )


def drop(a_lake: ALake, number: int, rows: Sequence[Row]) -> None:
    lines = "".join(
        "1,1,too,many\n" if key == "torn" else f"{'' if key is None else key},{price}\n"
        for key, price in rows
    )
    a_lake.drop(f"{number}.csv", f"id,price\n{lines}")


def landed(files: Sequence[Sequence[Row]]) -> list[tuple[int, Sequence[Row]]]:
    """The snapshots that are not the same as the one before, by number."""
    texts = [[(key, 0 if key == "torn" else price) for key, price in rows] for rows in files]
    return [
        (number, rows)
        for number, rows in enumerate(files)
        if not number or texts[number] != texts[number - 1]
    ]


def expected(
    files: Sequence[Sequence[Row]], *, empties: bool = False, least: int = 0
) -> dict[int, tuple[int, int, int | None]]:
    """By key: price, number of the snapshot that the row is of, number of the one that deleted it."""
    table: dict[int, tuple[int, int, int | None]] = {}
    for number, rows in landed(files):
        good = {key: price for key, price in rows if isinstance(key, int) and price >= least}
        there = {key for key, _ in rows if isinstance(key, int)}
        is_whole = not any(key is None or key == "torn" for key, _ in rows) and (bool(rows) or empties)
        for key, price in good.items():
            old = table.get(key)
            if old is None or old[2] is not None or old[0] != price:
                table[key] = (price, number, None)
        for key in [key for key, row in table.items() if is_whole and key not in there and row[2] is None]:
            table[key] = (*table[key][:2], number)
    return table


def held(a_lake: ALake) -> dict[int, tuple[int, int, int | None]]:
    """What the table holds, in the same form."""
    if a_lake.find("trusted.bikes") is None:
        return {}
    files = a_lake.rows("governance.processed_files", "file_id", "name")
    numbers = {file: int(str(name).removesuffix(".csv")) for file, name in files}
    times = {int(file) // 2048: number for file, number in numbers.items()}
    found = {}
    for row in a_lake.frame("trusted.bikes").to_dicts():
        gone = row.get("deleted_at")
        deleted = times[round(gone.timestamp() * 1_000_000)] if gone else None
        assert row["id"] not in found
        found[row["id"]] = (row["price"], numbers[row["_file"]], deleted)
    return found
