from __future__ import annotations

import pytest

from lake_assets.errors import DecodeError


@pytest.mark.parametrize("path", ["fast", "careful"])
@pytest.mark.parametrize(
    ("header", "names"),
    [
        (b"a,b,c", ["a", "b", "c"]),
        (b'"a","b, c",d', ["a", "b, c", "d"]),
        (b"a,a,a", ["a", "a_2", "a_3"]),
        (b"a,a_2,a", ["a", "a_2", "a_3"]),
        (b"a,,c", ["a", "column_2", "c"]),
        (b"a, ,column_2", ["a", "column_2_2", "column_2"]),
        (b'a,"b ""x""",c', ["a", 'b "x"', "c"]),
        (b'a,b "x",c', ["a", 'b "x"', "c"]),
        ("é,ß,日".encode(), ["é", "ß", "日"]),
    ],
)
def test_elements_are_named_as_in_the_file_and_all_differently(read, header, names, path):
    outcome = read(header + b"\n1,2,3\n", path=path)
    assert outcome.frame.columns == [*names, "_row"]
    assert outcome.rows == [("1", "2", "3")]
    assert outcome.is_whole


def test_renaming_is_on_record(read):
    assert read(b"a,,a\n1,2,3\n").decoded.decision["renamed"] == {"2": "column_2", "3": "a_2"}


def test_a_header_longer_than_the_first_look_is_read(read):
    names = [f"column number {number}" for number in range(6_000)]
    outcome = read(f"{','.join(names)}\n{',' * 5_999}\n".encode())
    assert outcome.frame.columns == [*names, "_row"]
    assert outcome.numbers == [1]


@pytest.mark.parametrize("path", ["fast", "careful"])
def test_a_header_alone_gives_no_rows(read, path):
    for stored in (b"a,b", b"a,b\n", b"a,b\r\n"):
        outcome = read(stored, path=path)
        assert outcome.frame.columns == ["a", "b", "_row"]
        assert outcome.frame.height == 0


@pytest.mark.parametrize("path", ["fast", "careful"])
@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (b"\n\r\n\n", "no header"),
        (b"\xef\xbb\xbf", "no header"),
        (b",,\n1,2,3\n", "names none"),
        (b'a,"b\n1,2,3\n', "unclosed quote"),
        (b"a,_row\n1,2\n", "_row"),
        (b"a,b\0c\n1,2\n", "NUL"),
    ],
)
def test_where_no_header_is_possible_the_file_is_refused(read, stored, what, path):
    with pytest.raises(DecodeError, match=what) as caught:
        read(stored, path=path)
    assert caught.value.place
    assert caught.value.mend


def test_lines_before_the_header_that_are_empty_are_skipped(read):
    outcome = read(b"\n\r\na,b\n1,2\n")
    assert outcome.frame.columns == ["a", "b", "_row"]
    assert outcome.numbers == [1]


@pytest.mark.parametrize("path", ["fast", "careful"])
def test_without_a_header_elements_are_named_by_declaration(read, path):
    outcome = read(b"1,2\n3,4\n", path=path, header=False, columns=["x", "y"])
    assert outcome.frame.columns == ["x", "y", "_row"]
    assert outcome.rows == [("1", "2"), ("3", "4")]
    assert outcome.is_whole


def test_without_a_header_records_of_another_length_are_bad(read):
    outcome = read(b"1,2\n3,4,5\n6\n", header=False, columns=["x", "y"])
    assert outcome.bad_numbers == [2, 3]
    assert outcome.numbers == [1]
