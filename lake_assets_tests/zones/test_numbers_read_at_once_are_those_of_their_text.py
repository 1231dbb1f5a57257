"""A large file, whose numbers its format reads at once, comes to the rows that a small one comes to, read as text."""

import polars as pl
import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

FILL = "0,1,fill fill fill fill fill fill fill fill\n"
LARGE = FILL * (1 + (1 << 20) // len(FILL))
# Each in its own lake would take minutes: those that no reader refuses can stand in one file.
PLAIN = [
    *("12", "-12", "+12", "00012", "-0", " 12", "\t12", '"12"', '" 12"', '""', "", "9223372036854775807"),
    *("1.5", "1.", ".5", "1e3", "-1.5E-3", "inf", "-inf", "NaN", "1e400", "+.5"),
]
INTS = PLAIN[:12]
ODD = [
    *(
        "12 ",
        "\t 12 \t",
        " ",
        '" "',
        "1 2",
        "--1",
        "1_000",
        "0x10",
        "9223372036854775808",
        "many",
        "1,5",
        "१",
    ),
    *("1.0", "1e3", "infinity", "5x", '"1""2"'),
]


@pytest.fixture
def read(a_lake):
    """The cells of a column of a type, as formatted has them: of a small file, and of a large one."""

    def both(kind, cells):
        for name, fill in (("small", ""), ("large", LARGE)):
            a_lake.declare(f"{name}: {{from: '{name}.csv', columns: {{id: int, n: {kind}}}}}", source=name)
            rows = "".join(f'{1 + number},{_cell(cell)},"x, y"\n' for number, cell in enumerate(cells))
            a_lake.drop(f"{name}.csv", f"id,n,text\n{fill}{rows}")
        report = a_lake.ingest_whole()
        assert step(report, Zone.FORMATTED, "large").rows_out == len(cells) + LARGE.count("\n")
        found = [a_lake.frame(f"formatted.{name}").filter(pl.col("id") > 0) for name in ("small", "large")]
        return [list(map(repr, each.select("id", "n", "_rescued").rows())) for each in found]

    return both


def _cell(cell):
    return f'"{cell}"' if "," in cell else cell


def _is_read_at_once(a_lake):
    return "numbers_as_text" not in a_lake.find("formatted.large").last_note().content


@pytest.mark.parametrize(("kind", "cells"), [("int", INTS), ("float", PLAIN)])
def test_cells_that_are_numbers(a_lake, read, kind, cells):
    small, large = read(kind, cells)
    assert large == small
    assert _is_read_at_once(a_lake)
    assert all("None)" in row for row in large)


@pytest.mark.parametrize("kind", ["int", "float"])
def test_cells_that_are_none(a_lake, read, kind):
    small, large = read(kind, ODD)
    assert large == small
    assert not _is_read_at_once(a_lake)


def test_blanks_around_a_number_are_no_part_of_it(read):
    assert read("int", ["12 ", "\t 12 \t", " ", '""'])[1] == [
        "(1, 12, None)",
        "(2, 12, None)",
        "(3, None, None)",
        "(4, None, None)",
    ]


@pytest.mark.parametrize("token", ["-", "0"])
def test_null_tokens_are_null_in_a_number_too(a_lake, token):
    a_lake.declare(f"large: {{from: '*.csv', null_tokens: ['{token}'], columns: {{id: int, n: int}}}}")
    a_lake.drop("a.csv", f"id,n,text\n{LARGE}7,{token},y\n")
    a_lake.ingest_whole()
    assert a_lake.frame("formatted.large").filter(pl.col("id") == 7).select("n", "_rescued").rows() == [
        (None, None)
    ]
    assert _is_read_at_once(a_lake)


def test_a_record_that_is_too_short_or_too_long_is_found(a_lake):
    a_lake.declare("large: {from: '*.csv', columns: {id: int, n: int}}")
    a_lake.drop("a.csv", f"id,n,text\n{LARGE}7,1\n8,1,x,y\n9,1,x\n")
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "large")
    assert (formatted.rows_out, formatted.rows_quarantined) == (LARGE.count("\n") + 1, 2)


def test_files_are_read_as_text_until_one_is_as_it_should_be(a_lake):
    a_lake.declare("large: {from: '*.csv', columns: {id: int, n: int}}")
    ways = []
    for number, cell in enumerate(["1", "many", "many", "1", "1"]):
        a_lake.drop(f"{number}.csv", f"id,n,text\n{LARGE}7,{cell},{number}\n")
        a_lake.ingest_whole()
        ways.append(_is_read_at_once(a_lake))
    assert ways == [True, False, False, True, True]
    rescued = a_lake.frame("formatted.large").filter(pl.col("_rescued").is_not_null())
    assert rescued.select("id", "n", "_rescued").rows() == [(7, None, '{"n":"many"}')] * 2


def test_so_it_is_in_a_table_of_more_columns_than_delta_keeps_bounds_of(a_lake):
    names = [f"n{number}" for number in range(40)]
    fill = f"0{',1' * 40}\n"
    large = fill * (1 + (1 << 20) // len(fill))
    a_lake.declare("large: {from: '*.csv', columns: {id: int, n39: int}}")
    ways = []
    for number, cell in enumerate(["many", "1", "1"]):
        a_lake.drop(f"{number}.csv", f"id,{','.join(names)}\n{large}7{',1' * 39},{cell}\n")
        a_lake.ingest_whole()
        ways.append(_is_read_at_once(a_lake))
    assert ways == [False, True, True]
