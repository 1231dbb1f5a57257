"""Values keep their types; what differs in kind from record to record is text, so that nothing is lost."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.formats import ROW
from lake_assets.formats.json import Json
from lake_assets_tests.examples import drawn
from lake_assets_tests.formats.landing import Outcome, dataset, decode

BIG = 2**63


@pytest.mark.parametrize(
    ("values", "dtype", "cells"),
    [
        ("[1, -2, null]", pl.Int64, [1, -2, None]),
        ("[1.5, null, 2]", pl.Float64, [1.5, None, 2.0]),
        ("[true, null, false]", pl.Boolean, [True, None, False]),
        ('["a", null, ""]', pl.String, ["a", None, ""]),
        ("[null, null, null]", pl.String, [None, None, None]),
        ('[1, "a", true]', pl.String, ["1", "a", "true"]),
        ("[1, true, null]", pl.String, ["1", "true", None]),
        ('[1, {"x": 1}, [2]]', pl.String, ["1", '{"x": 1}', "[2]"]),
        (f"[{BIG}, 1, null]", pl.String, [str(BIG), "1", None]),
        (f"[{BIG - 1}, {-BIG}, null]", pl.Int64, [BIG - 1, -BIG, None]),
        ("[9007199254740993, 0.5, null]", pl.String, ["9007199254740993", "0.5", None]),
        ("[9007199254740992, 0.5, null]", pl.Float64, [2.0**53, 0.5, None]),
        ("[1e400, 2.5, null]", pl.String, ["1e400", "2.5", None]),
        ('[{"x": 1}, null, {"y": "a"}]', pl.Struct({"x": pl.Int64, "y": pl.String}), None),
        ('[{"x": 1}, {"x": "a"}, {}]', pl.Struct({"x": pl.String}), [{"x": "1"}, {"x": "a"}, {"x": None}]),
        ("[[1, 2], [], null]", pl.List(pl.Int64), [[1, 2], [], None]),
        ('[[1, "a"], [null], [[2]]]', pl.List(pl.String), [["1", "a"], [None], ["[2]"]]),
        ('[[{"x": 1}], [{"x": 2.5}, null], []]', pl.List(pl.Struct({"x": pl.Float64})), None),
        ("[{}, {}, null]", pl.String, ["{}", "{}", None]),
        ("[[], [], null]", pl.List(pl.String), [[], [], None]),
    ],
)
@pytest.mark.parametrize("has_lines", [False, True])
def test_a_column_is_of_the_one_type_that_all_values_fit(read, values, dtype, cells, has_lines):
    records = [f'{{"a": {part}}}' for part in split(values)]
    stored = "\n".join(records) if has_lines else f"[{','.join(records)}]"
    column = read(stored.encode(), "json").frame["a"]
    assert column.dtype == dtype
    if cells is not None:
        assert column.to_list() == cells


def split(values: str) -> list[str]:
    """The texts of the elements of a list of three."""
    texts, start = [], 1
    while start < len(values):
        _, end = json.JSONDecoder().raw_decode(values, start)
        texts.append(values[start:end])
        start = end + 2
    return texts


def test_null_objects_and_lists_stay_null(read):
    frame = read(b'[{"a": {"x": 1}, "b": [1]}, {"a": null, "b": null}, {}]', "json").frame
    assert frame["a"].to_list() == [{"x": 1}, None, None]
    assert frame["b"].to_list() == [[1], None, None]


def test_columns_are_all_keys_in_the_order_in_which_they_come(read):
    outcome = read(b'[{"b": 1}, {"a": 2, "": 3}, {"b": 4, "c d": 5}]', "json")
    assert outcome.frame.columns == ["b", "a", "", "c d", ROW]


def test_what_a_parser_may_decide_is_on_record(read):
    outcome = read(b'[{"a": 1, "a": 2, "b": NaN}, {"b": -Infinity}]', "json")
    assert outcome.frame["a"].to_list() == [2, None]
    assert math.isnan(outcome.frame["b"][0])
    assert outcome.decoded.decision["duplicate_keys"] == 1
    assert outcome.decoded.decision["constants"] == 2


def test_half_a_surrogate_pair_is_shown_as_an_escape(read):
    assert read(b'[{"a": "x\\ud800"}, {"a": "\\ud83d\\ude00"}]', "json").rows == [("x\\ud800",), ("😀",)]


def test_what_is_nested_too_deep_is_text(read):
    deep = "[" * 40 + "1" + "]" * 40
    cell = read(f'[{{"a": {deep}}}]'.encode(), "json").frame["a"][0]
    while isinstance(cell, pl.Series):
        cell = cell[0]
    assert isinstance(cell, str)
    assert deep.count("[") > cell.count("[") > 10


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3) | VALUES, max_size=6)


@given(RECORDS, st.booleans())
@settings(max_examples=drawn(100), deadline=None)
def test_any_records_are_rows_or_bad_and_every_value_can_be_told_from_its_cell(records, has_lines):
    expected = {row: record for row, record in enumerate(records, start=1) if isinstance(record, dict)}
    if has_lines and not expected:
        return
    stored = "\n".join(map(json.dumps, records)) if has_lines else json.dumps(records)
    outcome = read_json(stored, has_lines=has_lines)
    assert outcome.is_whole
    assert outcome.numbers == list(expected)
    assert outcome.bad_numbers == [row for row in range(1, len(records) + 1) if row not in expected]
    for bad in outcome.decoded.bad_records:
        assert same(json.loads(bad.raw), records[bad.row - 1])
    for cells in outcome.frame.to_dicts():
        record = expected[cells.pop(ROW)]
        assert all(tells(cell, record.get(name)) for name, cell in cells.items())
        assert not record.keys() - cells


def read_json(stored: str, *, has_lines: bool) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.json")
        path.write_text(stored)
        return decode(Json(dataset("json", {"lines": has_lines})), path)


def tells(cell: object, value: object) -> bool:
    """Whether a cell holds a value: as it is, as its JSON text, or with the nulls of keys it does not have."""
    if isinstance(cell, str) and not isinstance(value, str):
        return same(json.loads(cell), value)
    if isinstance(cell, dict):
        return (
            isinstance(value, dict)
            and all(tells(cell[key], value.get(key)) for key in cell)
            and not value.keys() - cell
        )
    if isinstance(cell, list):
        return isinstance(value, list) and len(cell) == len(value) and all(map(tells, cell, value))
    return same(cell, value)


def same(left: object, right: object) -> bool:
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True) or (
        isinstance(left, float) and isinstance(right, int) and left == right
    )
