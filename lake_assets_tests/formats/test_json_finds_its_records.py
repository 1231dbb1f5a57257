from __future__ import annotations

import pytest

from lake_assets.errors import DeclarationError, DecodeError
from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset


@pytest.mark.parametrize(
    ("records", "stored"),
    [
        ("", b'[{"a": 1}, {"a": 2}]'),
        ("rows", b'{"rows": [{"a": 1}, {"a": 2}], "next": null}'),
        ("data.items", b'{"data": {"items": [{"a": 1}, {"a": 2}]}}'),
        ("pages[].rows[]", b'{"pages": [{"rows": [{"a": 1}]}, {"rows": [{"a": 2}]}]}'),
        ("by_id.*", b'{"by_id": {"x": {"a": 1}, "y": {"a": 2}}}'),
    ],
)
def test_records_are_where_the_path_leads(read, records, stored):
    outcome = read(stored, "json", records=records)
    assert outcome.rows == [(1,), (2,)]
    assert outcome.decoded.decision.get("records", "") == records


def test_one_object_is_one_record(read):
    assert read(b'{\n  "a": 1\n}\n', "json").rows == [(1,)]
    assert read(b'{"row": {"a": 1}}', "json", records="row").rows == [(1,)]


def test_no_records_are_no_rows(read):
    for stored, records in ((b"[]", ""), (b'{"rows": []}', "rows")):
        outcome = read(stored, "json", records=records)
        assert outcome.frame.columns == ["_row"]
        assert outcome.frame.height == 0
        assert outcome.is_whole


def test_empty_objects_are_rows(read):
    assert read(b"[{}, {}]", "json").numbers == [1, 2]


def test_a_path_that_leads_nowhere_says_what_there_is(read):
    with pytest.raises(DecodeError, match="at 'row', found null") as caught:
        read(b'{"rows": []}', "json", records="row")
    assert "did you mean rows" in caught.value.mend


@pytest.mark.parametrize("stored", [b"5", b'"a"', b"null"])
def test_a_document_that_is_no_list_and_no_object_is_refused(read, stored):
    with pytest.raises(DecodeError, match="expected a list of records"):
        read(stored, "json")


def test_what_is_no_object_is_a_bad_record(read):
    outcome = read(b'[{"a": 1}, 5, null, "x", [1], {"a": 2}]', "json")
    assert outcome.numbers == [1, 6]
    assert [(bad.raw, bad.reason.split("but ")[1]) for bad in outcome.decoded.bad_records] == [
        ("5", "a number"),
        ("null", "null"),
        ('"x"', "a text"),
        ("[1]", "a list"),
    ]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"records": "a["}, "JMESPath"),
        ({"records": "a", "lines": True}, "documents"),
        ({"max_bytes": 0}, "max_bytes"),
        ({"record": "a"}, "record"),
    ],
)
def test_an_option_that_cannot_hold_is_refused(options, word):
    with pytest.raises(DeclarationError) as caught:
        open_format(dataset("json", options))
    assert word in caught.value.what
    assert caught.value.mend
