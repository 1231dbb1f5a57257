"""Nothing is added to, taken from or changed in the lines of the original files."""

import csv
import io
import zipfile

from lake_assets.demo._packages import raw_file

MONTHS = range(1, 13)


def _original_flights():
    with zipfile.ZipFile(raw_file("flights.csv.zip")) as archive:
        return archive.read("flights.csv").splitlines(keepends=True)


def _month_file(files, month):
    return (files.inbox if month <= 6 else files.later) / f"flights-2013-{month:02}.csv"


def test_half_the_year_waits_in_the_inbox_and_half_for_later(files):
    assert [file.name for file in sorted(files.inbox.iterdir())] == [
        f"flights-2013-{month:02}.csv" for month in MONTHS[:6]
    ]
    assert [file.name for file in sorted(files.later.iterdir())] == [
        f"flights-2013-{month:02}.csv" for month in MONTHS[6:]
    ]


def test_the_months_joined_are_the_original_lines(files):
    header, *lines = _original_flights()
    joined = []
    for month in sorted(
        MONTHS, key=str
    ):  # the original runs January, October, November, December, February, ...
        month_header, *month_lines = _month_file(files, month).read_bytes().splitlines(keepends=True)
        assert month_header == header
        joined += month_lines
    assert joined == lines


def test_a_month_file_holds_its_month_only(files):
    for month in MONTHS:
        rows = csv.DictReader(io.StringIO(_month_file(files, month).read_text("ascii")))
        assert {row["month"] for row in rows} == {str(month)}


def test_the_two_halves_of_the_planes_joined_are_the_original(files, raw):
    first, second = (files.s3 / "planes" / f"planes-{piece}.csv" for piece in (1, 2))
    header, rest = second.read_bytes().split(b"\n", 1)
    assert first.read_bytes() + rest == raw("planes.csv")
    assert raw("planes.csv").startswith(header + b"\n")


def test_the_served_files_are_the_originals(files, raw):
    for name in ("airports.csv", "airlines.csv"):
        assert (files.http / name).read_bytes() == raw(name)
