"""The fast path parses many records at once; it gives what the careful path gives, in rows and in what is told."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.errors import DecodeError
from lake_assets.formats._json_members import counted_beside, most_members, texts_in
from lake_assets.formats._json_text import JsonParser
from lake_assets.formats.json import Json
from lake_assets_tests.examples import drawn
from lake_assets_tests.formats.landing import dataset, decode

NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(json.dumps),
    st.sampled_from(
        ["1e400", "-0", "-0.0", "1E+2", "0.10", "9007199254740993", "12.50", "1" * 400, "1" * 5_000]
    ),
)
TEXTS = st.one_of(
    st.text(max_size=4).map(json.dumps),
    st.text(max_size=4)
    .filter(lambda text: text.isprintable())
    .map(lambda text: json.dumps(text, ensure_ascii=False)),
    st.sampled_from(['":-)"', r'"\":"', r'"\\"', '": 1, "', '"null"', '"}, {"', r'"\ud800"', '"a\\u003ab"']),
)
KEYS = st.sampled_from(['"a"', '"b"', '"c"', '"a:"', r'"\""', r'"\\"', '""', '"é"', r'"\u0061"'])
GAPS = st.sampled_from(["", " ", "\t", "  "])
SCALARS = st.one_of(NUMBERS, TEXTS, st.sampled_from(["null", "true", "false", "[]", "{}"]))


def an_object(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The text of an object, whose keys may stand twice and be set apart."""
    members = st.lists(st.tuples(KEYS, GAPS, GAPS, values), max_size=4)
    return members.map(
        lambda found: (
            "{" + ",".join(f"{key}{before}:{after}{value}" for key, before, after, value in found) + "}"
        )
    )


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        an_object(inner), st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]")
    ),
    max_leaves=5,
)
RECORDS = st.lists(st.one_of(an_object(VALUES), an_object(VALUES), VALUES), min_size=1, max_size=6)
JUNK = st.sampled_from(
    ["{", "}", '{"a": [{}', "{}]}", "{},{}", '{"a":1', '"b":2}', "nonsense", "{} ", "\ufeff{}", "\x0b"]
)


def both(stored: str, **options: object) -> list[object]:
    """What each path makes of a file: everything that a zone goes on with, or the reason to refuse it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.json")
        path.write_text(stored, errors="surrogateescape", newline="")
        return [outcome_of(path, options, is_careful=is_careful) for is_careful in (False, True)]


def outcome_of(path: Path, options: dict[str, object], *, is_careful: bool) -> object:
    try:
        outcome = decode(Json(dataset("json", options)), path, is_careful=is_careful)
    except DecodeError as error:
        return str(error)
    rows = outcome.frame.write_ndjson() if outcome.frame.width > 1 else str(outcome.numbers)
    return outcome.frame.schema, rows, outcome.decoded.bad_records, outcome.decoded.decision, outcome.is_whole


@given(RECORDS, st.booleans())
@example(['{"a": 1, "a": null}', "{}"], False)
@example(['{"a": 1, "a": null}', "{}"], True)
@example(['{"a" : 1, "b": 2, "b": 3}'], False)
@example(['{"a": ":", "b": 1}'], True)
@settings(max_examples=drawn(160), deadline=None)
def test_any_records_come_out_alike(records, has_lines):
    stored = "\n".join(records) if has_lines else f"[{', '.join(records)}]"
    fast, careful = both(stored, lines=has_lines)
    assert fast == careful


@given(st.lists(st.one_of(an_object(VALUES), JUNK), min_size=1, max_size=6))
@example(['{"a":[{}', "{}]}", "{},{}"])
@example(['{"a":1', '"b":2}', "{},{}"])
@settings(max_examples=drawn(120), deadline=None)
def test_any_lines_come_out_alike(lines):
    fast, careful = both("\n".join(lines), lines=True)
    assert fast == careful


@given(st.lists(an_object(VALUES), max_size=4), an_object(SCALARS))
@settings(max_examples=drawn(80), deadline=None)
def test_records_in_an_envelope_come_out_alike(records, beside):
    stored = f'{{"rows": [{", ".join(records)}], "beside": {beside}}}'
    fast, careful = both(stored, records="rows")
    assert fast == careful


@given(VALUES)
@settings(max_examples=drawn(120), deadline=None)
def test_no_text_has_fewer_members_than_are_counted(text):
    try:
        document = JsonParser().parse(text)
    except ValueError:
        return
    members, texts = counted_beside(document, None)
    assert most_members(text) >= members
    assert (texts_in(text) or members + texts) >= members + texts


@pytest.mark.parametrize("path", ["", "careful"])
@pytest.mark.parametrize(
    "stored", ['[{"a": 1, "a": 2}]', '{"a": 1, "a": 2}\n{"b": 1}', '{"x": 1, "x": 2, "r": [{}]}']
)
def test_a_key_that_stands_twice_is_told_by_both(read, stored, path):
    options = {"records": "r"} if '"r"' in stored else {}
    outcome = read(stored.encode(), "json", path=path, **options)
    assert outcome.decoded.decision["duplicate_keys"] == 1


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "at": "12:30"}', '{"s": "say \\"x\\": y", "b": [{"c" : {"d": null}}]}', '{"p": "C:\\\\x"}'],
)
def test_the_members_of_clean_texts_are_counted_exactly(text):
    assert most_members(text) == counted_beside(json.loads(text), None)[0]


def test_lines_that_only_together_are_json_are_bad_records(read):
    outcome = read(b'{"a":[{}\n{}]}\n{},{}\n{"b":1}', "json", lines=True)
    assert outcome.numbers == [4]
    assert outcome.bad_numbers == [1, 2, 3]
