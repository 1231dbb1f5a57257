"""How a file is written is found out from its text and on record; what is declared is not looked for."""

from __future__ import annotations

import pytest

ROWS = [("2024-01-01", "Ann", "7"), ("2024-01-02", "Ben", "8"), ("2024-01-03", "Cid", "9")]


def written(separator: str, quote: str = "") -> bytes:
    rows = [("day", "name", "bikes"), *ROWS]
    return "\n".join(separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~", "\x1f", ", ", "; "])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_separators_and_quotes_are_found(read, separator, quote):
    outcome = read(written(separator, quote))
    assert outcome.rows == ROWS
    decision = outcome.decoded.decision
    assert decision["separator"] == separator.strip(" ")
    assert decision["quote"] == (quote or '"')
    assert decision.get("blanks", "kept") == ("skipped" if separator.endswith(" ") else "kept")


def test_blanks_separate_figures(read):
    assert read(b"x y z\n1 2 3\n4 5 6\n7 8 9\n").rows == [("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9")]


def test_blanks_between_words_separate_nothing(read):
    outcome = read(b"what was said\nwho was there\nwhen was that\n")
    assert outcome.frame.columns == ["what was said", "_row"]


def test_decimal_commas_separate_nothing(read):
    outcome = read(b"name;price\nAnn;1,5\nBen;2,5\nCid;3,5\n")
    assert outcome.rows == [("Ann", "1,5"), ("Ben", "2,5"), ("Cid", "3,5")]


def test_an_escaped_quote_is_a_quote(read):
    outcome = read(b'name,note\nAnn,"48\\" long, round"\nBen,"plain"\nCid,C:\\temp\n')
    assert outcome.rows == [("Ann", '48" long, round'), ("Ben", "plain"), ("Cid", "C:\\temp")]
    assert outcome.decoded.decision["escape"] == "\\"


@pytest.mark.parametrize(
    ("options", "stored", "rows"),
    [
        ({"separator": "||"}, b"a||b\n1||x|y\n", [("1", "x|y")]),
        ({"separator": "::", "quote": "'"}, b"a::b\n'1::2'::x\n", [("1::2", "x")]),
        ({"escape": "\\"}, b"a,b\n1,x\\,y\n", [("1", "x,y")]),
        ({"escape": "\\"}, b'a,b\n1,"x\\"y\n,z"\n', [("1", 'x"y\n,z')]),
        ({"escape": '"'}, b'a,b\n1,"x""y"\n', [("1", 'x"y')]),
        ({"escape": ""}, b'a,b\n1,"x\\"\n2,y\n', [("1", "x\\"), ("2", "y")]),
        ({"blanks": "skipped"}, b'a, b\n1, "x, y"\n', [("1", "x, y")]),
        ({"blanks": "kept"}, b"a, b\n1, x\n2, y\n", [("1", " x"), ("2", " y")]),
        ({"separator": ","}, b"a;b,c\n1;2,3\n4;5,6\n", [("1;2", "3"), ("4;5", "6")]),
        ({"separator": "||", "quote": ""}, b'a||b\n1||"x\n', [("1", '"x')]),
    ],
)
def test_what_is_declared_holds(read, options, stored, rows):
    outcome = read(stored, **options)
    assert outcome.rows == rows
    assert outcome.is_whole


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_found_by_its_zeros(read, encoding):
    outcome = read(written(",").decode().encode(encoding))
    assert outcome.rows == ROWS
    assert outcome.decoded.decision["encoding"] == encoding


def test_a_dialect_that_leaves_words_in_quotes_is_worse(read):
    outcome = read(b"name,note\nAnn,'x, y'\nBen,'z'\nCid,'u, v'\n")
    assert outcome.rows == [("Ann", "x, y"), ("Ben", "z"), ("Cid", "u, v")]
    assert outcome.decoded.decision["quote"] == "'"


def test_apostrophes_are_no_quotes(read):
    outcome = read(b"name,note\nAnn,it's\nBen,don't\nCid,'tis\n")
    assert outcome.rows == [("Ann", "it's"), ("Ben", "don't"), ("Cid", "'tis")]


def test_in_an_odd_dialect_records_that_break_it_are_bad(read):
    outcome = read(b"a||b\n1||x\n2\n3||y||z\n4||z\n", separator="||")
    assert outcome.numbers == [1, 4]
    assert outcome.bad_numbers == [2, 3]
    outcome = read(b'a||b\n1||"x\n2||y\n', separator="||")
    assert outcome.bad_numbers == [1]
    assert outcome.rows == [("2", "y")]
    outcome = read(b'a||b||c\n1||"say "yes" || no"||2\n2||"a"b||c\n', separator="||")
    assert outcome.rows == [("1", 'say "yes" || no', "2"), ("2", '"a"b', "c")]
