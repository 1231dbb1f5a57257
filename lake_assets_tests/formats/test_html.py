from __future__ import annotations

import pytest

from lake_assets.errors import DecodeError

PAGE = """<!doctype html><meta charset=utf-8><h1>Towns</h1>
<table id=first><tr><td>a<td>b</table>
<table><caption>Towns &amp; rivers</caption>
<thead><tr><th rowspan=2>Town<th colspan=2>People<tr><th>2010<th>2020</thead>
<tbody><tr><td>Łódź<td>1<br>2<td><b>3</b> 4<script>x()</script>
<tr><td rowspan=2>Both<td colspan=2>none<tr><td>5
<tr><td><td><td></table>"""


def test_the_first_table_is_read_unless_another_is_declared(read):
    outcome = read(PAGE.encode(), "html")
    assert outcome.frame.columns == ["column_1", "column_2", "_row"]
    assert outcome.rows == [("a", "b")]
    assert outcome.decoded.decision["tables"] == 2


@pytest.mark.parametrize("table", [2, "Towns & rivers"])
def test_spans_headings_and_words_are_as_a_reader_sees_them(read, table):
    outcome = read(PAGE.encode(), "html", table=table)
    assert outcome.frame.columns == ["Town", "People 2010", "People 2020", "_row"]
    assert outcome.rows == [("Łódź", "1 2", "3 4"), ("Both", "none", "none"), ("Both", "5", None)]


def test_a_table_is_found_by_its_id(read):
    assert read(PAGE.encode(), "html", table="first", header=True).frame.columns == ["a", "b", "_row"]


def test_all_tables_are_one_with_their_number(read):
    outcome = read(PAGE.encode(), "html", table="all")
    assert outcome.frame["_table"].to_list() == ["1", "2", "2", "2"]
    assert outcome.frame.width == 7


def test_headings_alone_are_rows_when_no_header_is_declared(read):
    stored = b"<table><tr><th>a<th>a<tr><td>1<td>2</table>"
    assert read(stored, "html").frame.columns == ["a", "a_2", "_row"]
    assert read(stored, "html", header=False).rows == [("a", "a"), ("1", "2")]


def test_a_table_in_a_cell_is_a_table_of_its_own(read):
    stored = b"<table><tr><td>out<table><tr><td>in</table></table>"
    assert read(stored, "html").rows == [("out",)]
    assert read(stored, "html", table=2).rows == [("in",)]


def test_a_page_may_say_its_encoding(read):
    stored = '<meta charset="iso-8859-2"><table><tr><td>Łódź</table>'.encode("iso-8859-2")
    assert read(stored, "html").rows == [("Łódź",)]
    assert read(stored, "html", encoding="cp1252").rows != [("Łódź",)]


@pytest.mark.parametrize(
    ("stored", "what"),
    [(b"<p>none", "0 tables"), (b"<table><tr><td>a</table>", "none that is 3"), (b" ", "no element")],
)
def test_a_table_that_is_not_there_is_told(read, stored, what):
    with pytest.raises(DecodeError, match=what):
        read(stored, "html", table=3)


def test_a_span_bomb_is_refused(read):
    row = b"<tr>" + b"<td colspan=1000>x" * 1_000
    with pytest.raises(DecodeError, match="more than 16,384 columns"):
        read(b"<table>" + row * 30 + b"</table>", "html")


def test_a_table_of_too_many_cells_is_refused(read):
    row = b"<tr>" + b"<td colspan=1000>x" * 16
    with pytest.raises(DecodeError, match="more cells"):
        read(b"<table>" + row * 1_300 + b"</table>", "html")


@pytest.mark.parametrize("span", [b"0", b"x", b"-1"])
def test_a_span_that_is_none_is_one(read, span):
    assert read(b"<table><tr><td colspan=" + span + b">a<td>b</table>", "html").rows == [("a", "b")]


def test_an_empty_table_is_refused(read):
    with pytest.raises(DecodeError, match="the table is empty"):
        read(b"<table></table>", "html")
