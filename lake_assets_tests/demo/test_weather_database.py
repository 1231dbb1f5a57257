"""The weather in SQLite is the weather of the CSV file, typed."""

import csv
import io
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def database(files):
    with closing(sqlite3.connect(f"file:{files.weather}?mode=ro", uri=True)) as connection:
        yield connection


def test_every_cell_is_the_cell_of_the_file(database, raw):
    header, *lines = csv.reader(io.StringIO(raw("weather.csv").decode()))
    rows = database.execute("SELECT * FROM weather ORDER BY rowid").fetchall()
    assert [name for _, name, *_ in database.execute("PRAGMA table_info(weather)")] == header
    assert len(rows) == len(lines) == 26_115
    for row, line in zip(rows, lines, strict=True):
        expected = [
            None if text == "NA" else type(cell)(text)
            for cell, text in zip(row, line, strict=True)
            if cell is not None
        ]
        assert [cell for cell in row if cell is not None] == expected
        assert [cell is None for cell in row] == [text == "NA" for text in line]


def test_the_implicit_rowid_counts_the_lines_from_one(database):
    assert database.execute("SELECT min(rowid), max(rowid), count(*) FROM weather").fetchone() == (
        1,
        26_115,
        26_115,
    )
    assert not database.execute("SELECT * FROM pragma_table_info('weather') WHERE pk").fetchall()


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        ("origin", {"text"}),
        ("hour", {"integer"}),
        ("wind_dir", {"integer", "null"}),
        ("temp", {"real", "null"}),
        ("pressure", {"real", "null"}),
        ("time_hour", {"text"}),
    ],
)
def test_a_column_holds_one_type_and_nulls(database, column, kinds):
    assert {kind for (kind,) in database.execute(f"SELECT DISTINCT typeof({column}) FROM weather")} == kinds  # noqa: S608  the columns named above


def test_a_pressure_written_with_an_exponent_is_a_number(database):
    assert database.execute("SELECT count(*) FROM weather WHERE pressure = 1000.0").fetchone()[0] >= 5
