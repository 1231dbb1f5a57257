"""What is found of a page without reading all of it is what reading all of it finds."""

from __future__ import annotations

import json
from contextlib import suppress

import jmespath
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.connectors._rest_outline import outline_of
from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_records import list_in
from lake_assets.connectors._rest_request import Request
from lake_assets.errors import ConnectorError
from lake_assets_tests.examples import drawn

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=4),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "at", "x y"]), inner, max_size=3)
    ),
    max_leaves=6,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from(["id", "at"]), VALUES, max_size=2), max_size=4)
DOCUMENTS = st.one_of(
    VALUES,
    RECORDS,
    st.fixed_dictionaries({"rows": RECORDS}, optional={"next": VALUES, "more": VALUES}),
    st.fixed_dictionaries({"data": st.fixed_dictionaries({"rows": RECORDS, "next": SCALARS})}),
)
PATHS = st.sampled_from([(), ("rows",), ("data", "rows"), ("next",), ("data", "next"), ("id",), ("data",)])
LAYOUTS = st.sampled_from([{}, {"separators": (",", ":")}, {"indent": 1}, {"ensure_ascii": False}])
INFINITE = b'{"rows": [{"id": 1}], "next": NaN}'
SURROGATE = rb'{"rows": [{"id": "\ud800"}]}'
NO_TEXT = b'{"rows": [{"id": 1, "name": "\xff"}]}'


def found(names, document):
    return jmespath.search(".".join(f'"{name}"' for name in names) or "@", document)


def page(body, selector):
    return Page(Request("items"), "http://127.0.0.1/items", body, {}, {}, selector, {}, "page 1")


@given(DOCUMENTS, PATHS, PATHS, LAYOUTS)
@settings(max_examples=drawn(160), deadline=None)
def test_an_outline_finds_what_is_there(document, names, other, layout):
    body = json.dumps(document, **layout).encode()
    outline = outline_of(body, names)
    records = found(names, document)
    assert (outline is not None) == isinstance(records, list)
    if outline is None:
        return
    assert json.loads(outline.records) == records
    assert outline.has_records == bool(records)
    assert outline.some(range(len(outline.texts))) == records
    with suppress(ValueError):
        assert outline.value(other) == found(other, document)
    with suppress(ValueError):
        assert outline.cursors(other) == [found(other, record) for record in records]


@given(DOCUMENTS)
@settings(max_examples=drawn(80), deadline=None)
def test_the_one_list_is_the_one_that_is_found_in_all_of_it(document):
    outline = outline_of(json.dumps(document).encode(), None)
    if outline:
        assert json.loads(outline.records) == list_in(document)[1]


@given(DOCUMENTS, st.data())
@example([{"id": 1}], None)
@settings(max_examples=drawn(160), deadline=None)
def test_what_is_not_json_has_no_outline(document, data):
    body = json.dumps(document, ensure_ascii=False).encode()
    if data:
        place = data.draw(st.integers(0, len(body) - 1))
        put = data.draw(
            st.sampled_from([b"", b'"', b"{", b"]", b",", b"\\", b"\xff", b"\x00", b"0", b"-", b"e"])
        )
        body = body[:place] + put + body[place + data.draw(st.integers(0, 1)) :]
    else:
        body = body[:-1]
    for names in ((), ("rows",), ("data", "rows"), None):
        if outline_of(body, names):
            json.loads(body)


@pytest.mark.parametrize("body", [INFINITE, SURROGATE, INFINITE.decode().encode("utf-16")])
def test_an_unusual_page_is_read_whole(body):
    assert outline_of(body, ("rows",)) is None
    unusual = page(body, "rows")
    assert (unusual.has_records, unusual.record_count) == (True, 1)
    (record,) = json.loads(body)["rows"]
    assert unusual.cursors("id") == [record["id"]]
    assert unusual.some([0]) == [record]


def test_bytes_that_are_no_text_are_no_page():
    with pytest.raises(ConnectorError, match="not JSON"):
        _ = page(NO_TEXT, "rows").has_records


@pytest.mark.parametrize(("cursor", "kind"), [("true", "bool"), ("[1]", "list"), ("{}", "dict")])
def test_a_cursor_that_is_none_is_refused_by_its_kind(cursor, kind):
    with pytest.raises(ConnectorError, match=f"a cursor is a {kind}"):
        page(f'{{"rows": [{{"id": 1}}, {{"id": {cursor}}}]}}'.encode(), "rows").cursors("id")


def test_cursors_below_names_are_found_where_there_is_nothing_on_the_way():
    body = b'{"rows": [{"at": {"id": 1}}, {"at": null}, {}, null, {"at": {"id": "b"}}]}'
    assert page(body, "rows").cursors("at.id") == [1, None, None, None, "b"]


@pytest.mark.parametrize("selector", ["rows", "rows[]"])
def test_the_mark_tells_records_apart_and_not_envelopes(selector):
    bodies = [b'{"rows": [{"id": %d}], "at": %d}' % pair for pair in ((1, 1), (1, 2), (2, 1))]
    marks = [page(body, selector).mark for body in bodies]
    assert marks[0] == marks[1] != marks[2]
