from __future__ import annotations

import pytest

from lake_assets.errors import DecodeError

HEADER = b"a,b,c\n"


@pytest.mark.parametrize(
    ("line", "raw", "reason"),
    [
        (b"1,2", "1,2", "too few fields: expected 3, found 2"),
        (b"1,2,3,4", "1,2,3,4", "too many fields: expected 3, found 4"),
        (b'"1,1",2', '"1,1",2', "too few fields: expected 3, found 2"),
        (b'1,"x\ny"', '1,"x\ny"', "too few fields: expected 3, found 2"),
        (b'1,2,"x', '1,2,"x', "unclosed quote"),
        (b'1,5" pipe,"x', '1,5" pipe,"x', "unclosed quote"),
        (b" ", " ", "too few fields: expected 3, found 1"),
    ],
)
def test_a_bad_record_keeps_its_text_and_the_others_their_numbers(read, line, raw, reason):
    outcome = read(HEADER + b"1,2,3\n" + line + b"\n4,5,6\n")
    [bad] = outcome.decoded.bad_records
    assert (bad.row, bad.raw, bad.reason) == (2, raw, reason)
    assert outcome.numbers == [1, 3]
    assert outcome.rows == [("1", "2", "3"), ("4", "5", "6")]


def test_an_unclosed_quote_costs_one_line_and_not_the_rest(read):
    outcome = read(HEADER + b'1,2,3\n4,"5,6\n7,"8",9\n"10",11,12\n')
    assert outcome.bad_numbers == [2]
    assert outcome.rows == [("1", "2", "3"), ("7", "8", "9"), ("10", "11", "12")]


def test_lines_that_keep_closing_and_opening_quotes_are_given_up_in_time(read):
    outcome = read(HEADER + b'"x\n' + b'","\n' * 20_000)
    assert outcome.bad_numbers


def test_empty_lines_are_no_records_and_are_not_numbered(read):
    outcome = read(HEADER + b"\n1,2,3\r\n\r\n4,5,6\n\n")
    assert outcome.numbers == [1, 2]
    assert outcome.decoded.bad_records == ()


def test_an_empty_line_is_a_null_where_there_is_one_element(read):
    outcome = read(b"a\n1\n\n3\n")
    assert outcome.rows == [("1",), (None,), ("3",)]


def test_quotes_that_break_the_rule_are_characters(read):
    outcome = read(b'a,b\n1,"say "yes" now"\n2,"x"y\n3,5" pipe\n4,""z""\n')
    assert outcome.rows == [("1", 'say "yes" now'), ("2", '"x"y'), ("3", '5" pipe'), ("4", '"z"')]
    assert outcome.decoded.decision["odd_quotes"] == 4


@pytest.mark.parametrize("line", [b'Rods"Fine, and dry",x', b'1,$5"x, y"', b'5"x3,6",2', b'a"b,2 c",3'])
def test_quotes_that_may_enclose_a_separator_are_not_taken_apart(read, line):
    outcome = read(HEADER + b"1,2,3\n" + line + b"\n4,5,6\n")
    [bad] = outcome.decoded.bad_records
    assert bad.reason == "quotes around a separator that do not enclose a field"
    assert (bad.row, bad.raw) == (2, line.decode())


@pytest.mark.parametrize("line", [b'5",6",x', b'5" pipe,6",x', b'O"Neil,x,y', b'x,6",O"Neil'])
def test_signs_for_inches_are_characters(read, line):
    assert read(HEADER + line + b"\n").rows == [tuple(line.decode().split(","))]


def test_a_stray_quote_in_a_quoted_field_is_a_character_where_the_fields_then_are_as_many_as_they_must(read):
    outcome = read(HEADER + b'1,"say "yes" or no, twice",3\n1,"48"","round, flat"\n')
    assert outcome.rows == [("1", 'say "yes" or no, twice', "3"), ("1", '48"', "round, flat")]


def test_an_empty_field_is_null_and_an_empty_quoted_one_is_empty_text(read):
    for path in ("fast", "careful"):
        assert read(b'a,b\n,""\n', path=path).rows == [(None, "")]


def test_null_tokens_are_null_on_both_paths(read):
    for path in ("fast", "careful"):
        assert read(b'a,b\nNA,x\n-,"NA"\n', path=path, nulls=("NA", "-")).rows == [(None, "x"), (None, None)]


def test_a_file_that_is_bad_throughout_is_refused_before_it_fills_the_memory(read):
    with pytest.raises(DecodeError, match="do not parse") as caught:
        read(HEADER + (b"x;" * 10_000 + b"\n") * 3_500)
    assert "separator" in caught.value.mend
