"""What stands before, above and below a table is found out, on record, and as declared where it is declared."""

from __future__ import annotations

import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats import open_format
from lake_assets.model import Column, Dataset, Mapping
from lake_assets_tests.formats.landing import place

TABLE = b"day,bikes,price\n2024-01-01,7,1.5\n2024-01-02,8,2.5\n2024-01-03,9,3.5\n"
ROWS = [("2024-01-01", "7", "1.5"), ("2024-01-02", "8", "2.5"), ("2024-01-03", "9", "3.5")]
NAMES = ["day", "bikes", "price"]


def names(outcome):
    return outcome.frame.columns[:-1]


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        (b"Hires of bikes\n", 1),
        (b"Hires of bikes\n\n", 2),
        (b"# made on 2024-02-01\n# by the city\n", 2),
        (b"Hires of bikes,,\n,,\n", 2),
        (b"from,2024-01-01\nto,2024-01-31\n", 0),
    ],
)
def test_lines_before_the_table_are_found(read, before, lines):
    outcome = read(before + TABLE)
    if not lines:  # pairs are as wide as two thirds of this table
        assert outcome.bad_numbers
        return
    assert names(outcome) == NAMES
    assert outcome.rows == ROWS
    assert outcome.decoded.decision["preamble"] == lines
    assert outcome.decoded.decision["left_out"] == [
        line.decode() for line in before.split(b"\n") if line.strip()
    ]


def test_lines_before_the_table_are_as_declared(read):
    outcome = read(b"day,month,year\nx,y,z\n" + TABLE, preamble=2)
    assert (names(outcome), outcome.rows) == (NAMES, ROWS)
    declared = read(b"Hires of bikes\n" + TABLE, preamble=0, header=1)
    assert names(declared) == ["Hires of bikes"]


def test_the_record_that_holds_the_declared_elements_is_the_header(tmp_path):
    file = tmp_path / "file.csv"
    file.write_bytes(b"a,b,c\n1,2,3\n" + TABLE)
    columns = tuple(Column(name, name) for name in NAMES)
    outcome = place(open_format(Dataset("bikes", "city", format="csv", mapping=Mapping(columns))), file)
    assert (names(outcome), outcome.rows) == (NAMES, ROWS)
    assert outcome.decoded.decision["left_out"] == ["a,b,c", "1,2,3"]


def test_a_table_without_a_header_is_found_by_its_first_record(read):
    outcome = read(TABLE.partition(b"\n")[2])
    assert names(outcome) == ["column_1", "column_2", "column_3"]
    assert outcome.rows == ROWS
    assert outcome.decoded.decision["header"] == 0


@pytest.mark.parametrize(
    "header", [b"day,2023,2024\n", b"1,2,3\n", b"2024,1,7\n", b"day,bikes,1.5\n", b"bikes,price,day\n"]
)
def test_what_can_be_names_stays_a_header(read, header):
    assert names(read(header + TABLE.partition(b"\n")[2])) == header.decode().strip().split(",")


def test_that_there_is_no_header_can_be_declared(read):
    outcome = read(TABLE, header=False)
    assert outcome.rows == [tuple(NAMES), *ROWS]
    assert read(TABLE, header=True, columns=["a", "b", "c"]).rows == ROWS


def test_a_header_of_several_records_is_found(read):
    outcome = read(b"day,bikes,price\n,number,EUR\n" + TABLE.partition(b"\n")[2])
    assert (names(outcome), outcome.rows) == (["day", "bikes number", "price EUR"], ROWS)
    assert outcome.decoded.decision["header"] == 2


def test_a_header_that_stands_there_twice_is_one(read):
    outcome = read(b"day,bikes,price\n" + TABLE)
    assert (names(outcome), outcome.rows) == (NAMES, ROWS)
    assert outcome.decoded.decision["repeated_headers"] == 1


def test_a_word_above_several_columns_goes_for_each_of_them(read):
    outcome = read(b"when,hires,\nday,bikes,price\n" + TABLE.partition(b"\n")[2], header=2)
    assert names(outcome) == ["when day", "hires bikes", "hires price"]


def test_a_first_record_that_lacks_values_is_no_header(read):
    outcome = read(b"day,bikes,price\n2024-01-01,none,none\n2024-01-02,8,2.5\n")
    assert names(outcome) == NAMES
    assert outcome.numbers == [1, 2]


@pytest.mark.parametrize("again", [b"day,bikes,price\n", b'"day","bikes","price"\n'])
def test_the_header_again_is_no_record(read, again):
    outcome = read(TABLE + again + TABLE.partition(b"\n")[2])
    assert outcome.rows == [*ROWS, *ROWS]
    assert outcome.numbers == [1, 2, 3, 4, 5, 6]
    assert outcome.decoded.decision["repeated_headers"] == 1


@pytest.mark.parametrize(
    "below",
    [
        b"Source: the city\n",
        b"\nSource: the city\nprinted on Monday\n",
        b"# 3 days\n",
        b"* preliminary\n** estimated\n\n",
        b"Total,24\n",
    ],
)
def test_lines_below_the_table_are_found(read, below):
    outcome = read(TABLE + below)
    assert outcome.rows == ROWS
    assert outcome.decoded.bad_records == ()
    lines = [line.decode() for line in below.split(b"\n") if line]
    assert outcome.decoded.decision["left_out"] == lines
    assert outcome.decoded.decision["footer"] == len(lines)
    assert outcome.is_whole


@pytest.mark.parametrize(
    "below",
    [
        b"2024-01-04,8\n",
        b"2024-0",
        b"\n2024-01-04,8\n",
        b"Source: the city,1,2,3\n",
        b'"Source\nof it"\n',
        b"note\n" * 21,
    ],
)
def test_what_may_be_a_record_cut_short_is_a_bad_record(read, below):
    outcome = read(TABLE + below)
    assert outcome.rows == ROWS
    assert outcome.bad_numbers
    assert "left_out" not in outcome.decoded.decision


def test_a_cut_name_is_a_bad_record_unless_it_stands_apart(read):
    table = b"town,bikes\nLeeds,7\nYork,8\n"
    assert read(table + b"Lond").bad_numbers == [3]
    assert read(table + b"\nSource\n").decoded.bad_records == ()
    assert read(b"town,bikes\n\nLeeds,7\n\nYork,8\n\nLond").bad_numbers == [3]


def test_lines_below_the_table_are_as_declared(read):
    outcome = read(TABLE + b"2024-01,24,7.5\n\n2024,24,7.5\n\n", footer=2)
    assert outcome.rows == ROWS
    assert outcome.decoded.decision["left_out"] == ["2024-01,24,7.5", "2024,24,7.5"]
    assert read(TABLE + b"Source: the city\n", footer=0).bad_numbers == [4]


def test_what_is_left_out_is_shown_in_part_where_it_is_long(read):
    outcome = read(b"# " + b"x" * 500 + b"\n" + b"# y\n" * 99 + TABLE, preamble=100)
    shown = outcome.decoded.decision["left_out"]
    assert (len(shown), len(shown[0])) == (50, 200)


def test_a_separator_too_many_after_every_name_is_none(read):
    assert names(read(b"day,bikes,,price\n" + TABLE.partition(b"\n")[2])) == NAMES


def test_a_header_that_is_too_short_names_nothing_that_is_not_sure(read):
    outcome = read(b"day,price\n" + TABLE.partition(b"\n")[2])
    assert outcome.bad_numbers == [1, 2, 3]


def test_a_stray_quote_in_the_header_is_a_character_of_it(read):
    assert names(read(b'day,"bikes,price\n' + TABLE.partition(b"\n")[2])) == ["day", '"bikes', "price"]


def test_only_a_preamble_is_no_table(read):
    with pytest.raises(DecodeError):
        read(b"\n\n", preamble=1)
