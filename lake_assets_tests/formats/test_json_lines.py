from __future__ import annotations

import json

import polars as pl
import pytest

from lake_assets.errors import DecodeError


@pytest.mark.parametrize(
    ("stored", "has_lines"),
    [
        (b'{"a": 1}\n{"a": 2}\n', True),
        (b'{"a": 1}\r\n\r\n{"a": 2}', True),
        (b'{"a": 1}\n{"a": \n', True),
        (b'[{"a": 1},\n {"a": 2}]', False),
        (b'{\n"a": 1\n}', False),
        (b'{"a": 1}\n', False),
    ],
)
def test_lines_are_told_from_a_document_by_content(read, stored, has_lines):
    assert read(stored, "json").decoded.decision["lines"] is has_lines


def test_lines_may_be_declared(read):
    assert read(b'{"a": 1}', "json", lines=True).decoded.decision["lines"] is True
    with pytest.raises(DecodeError, match="Extra data"):
        read(b'{"a": 1}\n{"a": 2}', "json", lines=False)


def test_a_bad_line_is_a_bad_record_and_the_others_keep_their_numbers(read):
    lines = [b'{"a": 1}', b"{bad", b"", b"5", b'{"a": "\xff"}', b"1" * 5_000, b"[" * 100_000, b'{"a": "x"}']
    outcome = read(b"\n".join(lines), "json")
    assert outcome.rows == [("1",), ("x",)]
    assert outcome.numbers == [1, 7]
    assert [(bad.row, bad.reason) for bad in outcome.decoded.bad_records] == [
        (2, "not JSON at column 2: Expecting property name enclosed in double quotes"),
        (3, "a record is not an object but a number"),
        (4, "bytes that are no text"),
        (5, "not JSON: a number has more digits than can be read"),
        (6, "not JSON: nested too deep"),
    ]
    assert outcome.decoded.bad_records[2].raw == r'{"a": "\xff"}'


@pytest.mark.parametrize("stored", [b"[1]\n[2]\n", b" \n\n "])
def test_a_file_without_any_object_is_refused(read, stored):
    with pytest.raises(DecodeError, match="no line of the file is a JSON object"):
        read(stored, "json", lines=True)


@pytest.mark.parametrize("number", ["7", "1e400"])
def test_types_hold_across_blocks(read, number):
    count = 30_000
    lines = [json.dumps({"id": row, "note": "n" * 400, "late": None}) for row in range(1, count + 1)]
    lines[10] = "not JSON"
    lines.append(f'{{"id": {count + 1}, "note": [1], "late": {number}, "new": true}}')
    outcome = read("\n".join(lines).encode(), "json")
    assert outcome.bad_numbers == [11]
    assert outcome.frame["id"].equals(outcome.frame["_row"], check_names=False)
    assert outcome.frame["note"][-1] == "[1]"
    assert outcome.frame["late"][-1] == (7 if number == "7" else "1e400")
    assert outcome.frame.schema["new"] == pl.Boolean
    assert outcome.is_whole
