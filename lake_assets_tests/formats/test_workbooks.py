from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import polars as pl
import pytest

from lake_assets.errors import DecodeError
from lake_assets_tests.formats.workbooks import Fault, Formula, ods, xlsx

NOON = datetime(2024, 2, 29, 12, 30)  # noqa: DTZ001 - workbooks know no zones
DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("cells", "dtype", "values"),
    [
        ([1, 2.0, None], pl.Int64, [1, 2, None]),
        ([1, 2.5, None], pl.Float64, [1.0, 2.5, None]),
        (["a", "", "ł<"], pl.String, ["a", None, "ł<"]),
        ([True, False, None], pl.Boolean, [True, False, None]),
        ([DAY, None, DAY], pl.Date, [DAY, None, DAY]),
        ([NOON, None, NOON], pl.Datetime("us"), [NOON, None, NOON]),
        ([Formula("A1+1=3"), 4, None], pl.Int64, [3, 4, None]),
        ([1, "x", True], pl.String, ["1", "x", "true"]),
        (["00123", "1e5", "2024-01-01"], pl.String, ["00123", "1e5", "2024-01-01"]),
    ],
    ids=str,
)
def test_cells_keep_their_types(read, cells, dtype, values):
    outcome = read(xlsx({"s": [["n", "x"], *([n, cell] for n, cell in enumerate(cells))]}), "excel")
    assert outcome.frame["x"].dtype == dtype
    assert outcome.frame["x"].to_list() == values


def test_a_failed_formula_is_kept_as_it_is_shown(read):
    frame = read(xlsx({"s": [["n", "x"], [1, 2], [2, Fault("#DIV/0!")]]}), "excel").frame
    assert frame["x"].to_list() == ["2", "#DIV/0!"]


def test_a_merged_cell_has_its_value_once(read):
    book = xlsx({"s": [["n", "x"], [1, "both"], [2, None]]}, merged="B2:B3")
    assert read(book, "excel").frame["x"].to_list() == ["both", None]


SHEETS = {
    "First": [["id", "x"], [1, 2]],
    "Empty": [],
    "Last one": [["id", "y"], ["a", 3], [None, None], ["b", 4]],
}


@pytest.mark.parametrize("sheet", [3, "Last one"])
def test_a_sheet_is_chosen_by_number_or_name(read, sheet):
    outcome = read(xlsx(SHEETS), "excel", sheet=sheet)
    assert outcome.rows == [("a", 3), ("b", 4)]
    assert outcome.numbers == [1, 2]
    assert outcome.decoded.decision["sheets"] == ["Last one"]


def test_all_sheets_are_one_with_their_name(read):
    outcome = read(xlsx(SHEETS), "excel", sheet="all")
    assert outcome.frame.columns == ["_sheet", "id", "x", "y", "_row"]
    assert outcome.rows == [("First", "1", 2, None), ("Last one", "a", None, 3), ("Last one", "b", None, 4)]


def test_the_header_may_be_further_down_or_missing(read):
    book = xlsx({"s": [["A report"], [None], ["id", None, "id"], [1, 2, 3]]})
    assert read(book, "excel", header_row=3).frame.drop("_row").to_dicts() == [
        {"id": 1, "column_2": 2, "id_1": 3}
    ]
    plain = read(xlsx({"s": [[1, "a"], [2, "b"]]}), "excel", header_row=0)
    assert plain.frame.columns == ["column_1", "column_2", "_row"]
    assert plain.rows == [(1, "a"), (2, "b")]


def test_ods_is_read_too(read):
    frame = read(ods([["id", "day", "x"], [1, DAY, "a"], [2, DAY, None]]), "ods").frame
    assert frame.rows() == [(1, DAY, "a", 1), (2, DAY, None, 2)]


@pytest.mark.parametrize(
    ("book", "options", "what"),
    [
        (xlsx(SHEETS), {"sheet": 9}, "no sheet 9; its sheets are First, Empty, Last one"),
        (xlsx(SHEETS), {"sheet": "Frist"}, "no sheet 'Frist'"),
        (xlsx(SHEETS), {"sheet": "Empty"}, "the sheet is empty"),
        (xlsx({"s": [["x"], [1]]})[:300], {}, "cut or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), {}, "not a workbook"),
    ],
    ids=["number", "name", "empty", "cut", "old"],
)
def test_what_is_not_there_is_told(read, book, options, what):
    with pytest.raises(DecodeError, match=what):
        read(book, "excel", **options)


def test_a_bomb_is_refused_before_it_is_unpacked(read):
    sink = io.BytesIO(xlsx({"s": [["x"], [1]]}))
    with (
        zipfile.ZipFile(sink, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as member,
    ):
        for _ in range(1_100):
            member.write(bytes(1 << 20))
    with pytest.raises(DecodeError, match="hold more than 250 times as much"):
        read(sink.getvalue(), "excel")


def test_an_archive_of_workbooks_is_read(read):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for number in (1, 2):
            archive.writestr(f"{number}.xlsx", xlsx({"s": [["x"], [number]]}))
    assert read(sink.getvalue(), "excel").rows == [(1,), (2,)]
