from __future__ import annotations

import pytest

ROWS = [("1", "x"), ("2", None)]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("is_ended", [False, True])
def test_every_line_end_ends_a_record(read, line_end, is_ended):
    stored = line_end.join([b"a,b", b"1,x", b'"2",'])
    outcome = read(stored + line_end * is_ended)
    assert outcome.rows == ROWS
    assert outcome.numbers == [1, 2]
    assert outcome.decoded.bad_records == ()


def test_line_ends_may_be_mixed(read):
    assert read(b"a,b\r\n1,x\n2,\r\n").rows == ROWS


def test_a_carriage_return_alone_is_a_character_where_line_feeds_end_lines(read):
    for path in ("fast", "careful"):
        assert read(b"a,b\n1,x\ry\n2,z\r\r\n", path=path).rows == [("1", "x\ry"), ("2", "z\r")]


def test_carriage_returns_as_line_ends_are_on_record(read):
    assert read(b"a,b\r1,x\r2,y\r").decoded.decision["line_ends"] == "CR"


def test_quoted_line_ends_stay_as_they_are(read):
    for path in ("fast", "careful"):
        assert read(b'a,b\r\n1,"x\r\n\ny"\r\n', path=path).rows == [("1", "x\r\n\ny")]


def test_carriage_returns_end_the_lines_around_a_table_too(read):
    outcome = read(
        b"Hires of bikes\rday,bikes,price\r2024-01-01,7,1.5\r2024-01-02,8,2.5\r\rSource: the city\r"
    )
    assert outcome.rows == [("2024-01-01", "7", "1.5"), ("2024-01-02", "8", "2.5")]
    assert outcome.decoded.decision["left_out"] == ["Hires of bikes", "Source: the city"]
    assert outcome.decoded.decision["line_ends"] == "CR"
