from __future__ import annotations

import pytest

from lake_assets.errors import DeclarationError

COLUMNS = {"id": 3, "name": 6, "born": [10, 17]}


def test_columns_are_cut_out_and_blanks_are_null(read):
    outcome = read("  1Zoë   20010203\n  2      \n".encode(), "fixed_width", columns=COLUMNS)
    assert outcome.rows == [("1", "Zoë", "20010203"), ("2", None, None)]


def test_first_lines_are_skipped_and_not_counted(read):
    outcome = read(b"a report\n---\n  1Ada\n\n  2Bob\n", "fixed_width", columns=COLUMNS, skip_lines=2)
    assert [row[0] for row in outcome.rows] == ["1", "2"]
    assert outcome.numbers == [1, 3]


def test_a_width_goes_on_where_the_one_before_ends(read):
    columns = {"last": [5, 6], "next": 2, "first": [1, 2]}
    assert read(b"ab  cdef\n", "fixed_width", columns=columns).rows == [("cd", "ef", "ab")]


def test_text_after_the_last_column_is_set_aside(read):
    outcome = read(b"  1Ada\n  2Bob   20010203 more\n", "fixed_width", columns=COLUMNS)
    assert outcome.bad_numbers == [2]
    assert "character 17" in outcome.decoded.bad_records[0].reason


def test_null_tokens_are_null(read):
    assert read(b"1  n/a\n", "fixed_width", nulls=("n/a",), columns={"a": 3, "b": 3}).rows == [("1", None)]


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({}, "columns"),
        ({"_row": 3}, "_row"),
        ({" ": 3}, "name"),
        ({"a": [5, 4]}, "ends before it begins"),
        ({"a": 0}, "columns"),
        (None, "columns"),
    ],
)
def test_places_are_checked(read, columns, what):
    options = {} if columns is None else {"columns": columns}
    with pytest.raises(DeclarationError, match=what):
        read(b"a", "fixed_width", **options)
