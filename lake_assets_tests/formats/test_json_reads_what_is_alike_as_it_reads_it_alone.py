"""What documents before were like makes a document no other: in rows, in types and in what is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.errors import DecodeError
from lake_assets.formats._json_likeness import Likeness
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats.json import Json
from lake_assets_tests.examples import drawn
from lake_assets_tests.formats.landing import dataset, decode

NUMBERS = [
    "1",
    "-2",
    "1.0",
    "2.5",
    "1e400",
    "9007199254740993",
    "0.5",
    "123456789012345678901234567890",
    "-0",
    "NaN",
]
CELLS = st.sampled_from(
    [*NUMBERS, '"a"', '"1"', r'"\ud800"', r'"\n"', "null", "true", "false", "[]", "{}", '[{"a": 1}]']
)
KEYS = st.sampled_from(['"a"', '"b"', '"é"', r'"\t"', '""'])
SAME = st.fixed_dictionaries({'"a"': CELLS, '"b"': CELLS}).map(lambda cells: list(cells.items()))
MEMBERS = st.one_of(SAME, SAME, st.lists(st.tuples(KEYS, CELLS), max_size=3))
OBJECTS = MEMBERS.map(lambda members: "{" + ", ".join(map(": ".join, members)) + "}")
LISTS = st.lists(st.one_of(OBJECTS, OBJECTS, OBJECTS, CELLS), max_size=4).map(
    lambda found: f"[{', '.join(found)}]"
)
AROUND = st.tuples(LISTS, CELLS, st.sampled_from(['"next"', '"rows"', '"more"'])).map(
    lambda found: f'{{"rows": {found[0]}, {found[2]}: {found[1]}}}'
)


def outcome(reader, stored, folder):
    path = folder / "file.json"
    path.write_text(stored, newline="")
    try:
        found = decode(reader, path, is_careful=False)
    except DecodeError as error:
        return str(error)
    frame = found.frame.select(sorted(found.frame.columns))  # keys have no order
    rows = frame.write_ndjson() if frame.width > 1 else str(found.numbers)
    return frame.schema, rows, found.decoded.bad_records, found.decoded.decision, found.is_whole


@given(st.lists(AROUND, min_size=2, max_size=4))
@example(['{"rows": [{"a": 1}], "next": 1}', '{"rows": [{"a": 1, "a": 2}], "next": 1}'])
@example(['{"rows": [{"a": 1}], "next": 1}', '{"rows": [{"a": 1}], "next": {"b": 1, "b": 2}}'])
@example(['{"rows": [{"a": 1}], "next": 1}', '{"rows": [{"a": 1}], "next": 1, "next": 2}'])
@example(['{"rows": [{"a": 1}], "next": 1}', '{"rows": [], "next": 1}'])
@example(['{"rows": [{"a": 1}], "next": 1}', '{"rows": [{"a": 1.5}, {"a": 2}], "next": "x"}'])
@settings(max_examples=drawn(60), deadline=None)
def test_in_an_envelope(tmp_path_factory, stored):
    alike(stored, tmp_path_factory.getbasetemp(), records="rows")


@given(st.lists(st.one_of(LISTS, LISTS, OBJECTS, AROUND), min_size=2, max_size=4))
@example(['{"a": 1}', '{"": [{"a": 1}], "a": 2}'])
@example(['[{"a": 1}]', '[{"a": 2}, {"a": true}]'])
@settings(max_examples=drawn(60), deadline=None)
def test_as_the_document(tmp_path_factory, stored):
    alike(stored, tmp_path_factory.getbasetemp(), lines=False)


def alike(stored, folder, **options):
    reader = Json(dataset("json", options))
    for each in stored:
        assert outcome(reader, each, folder) == outcome(Json(dataset("json", options)), each, folder)


def learnt(stored, records):
    likeness, shape, document = Likeness(records), JsonShape(), json.loads(stored)
    shape.look_records(document[records] if records else document)
    likeness.learn(document, shape)
    return likeness


@pytest.mark.parametrize(
    ("first", "then", "records"),
    [
        ('[{"a": 1, "b": "x"}]', '[{"b": null, "a": 2.5}]', ""),
        ('{"rows": [{"a": true}], "next": 1}', '{"next": {"deep": []}, "rows": [{"a": null}]}', "rows"),
    ],
)
def test_what_is_alike_is_read_as_what_came_before(first, then, records):
    assert learnt(first, records).read(then) is not None


@pytest.mark.parametrize(
    "then",
    [
        "[]",
        "[{}]",
        '[{"a": "1"}]',
        '[{"a": 1, "b": 2}]',
        '[{"b": 1}]',
        '[{"a": [1]}]',
        "[1]",
        '[{"a": NaN}]',
        "[",
        "{}",
    ],
)
def test_what_is_not_alike_is_left_alone(then):
    assert learnt('[{"a": 1}]', "").read(then) is None
