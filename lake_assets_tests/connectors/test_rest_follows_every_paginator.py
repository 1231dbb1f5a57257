import json

import pytest

from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.api import api, ids, items, with_end
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

PAGINATORS = [
    {"type": "page_number"},
    {"type": "page_number", "base_page": 0, "page_param": "page", "total_path": "pages"},
    {"type": "offset", "limit": 2},
    {"type": "offset", "limit": 2, "total_path": "total"},
    {"type": "cursor", "cursor_path": "cursors.next", "cursor_param": "after"},
    {"type": "json_link", "next_url_path": "next"},
    {"type": "header_link"},
    "header_link",
    "json_link",
    {"type": "json_response", "next_url_path": "$.next"},
    {"type": "header_cursor", "cursor_key": "next-page", "cursor_param": "after"},
    {"type": "page_number", "has_more_path": "has_more", "stop_after_empty_page": False},
    {"type": "offset", "limit": 2, "has_more_path": "has_more"},
    {"type": "cursor", "cursor_path": "cursors.next", "cursor_param": "after", "has_more_path": "has_more"},
    "auto",
]


def named(paginator):
    return paginator if isinstance(paginator, str) else "-".join([paginator["type"], *list(paginator)[2:]])


@pytest.mark.parametrize("paginator", PAGINATORS, ids=named)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_every_page_lands_once(paginator, count):
    with api(count) as source:
        memory = Memory()
        taken = source.land(items(paginator=paginator), memory)
        expected = [
            [number for number in range(start, start + 2) if number <= count]
            for start in range(1, count + 1, 2)
        ]
        assert ids(taken) == (with_end(paginator, expected) or [[]])
        assert [one.arrival.name for one in taken] == [f"page-{n}.json" for n in range(1, len(taken) + 1)]
        assert json.loads(memory.state)["next"] is None
        assert source.land(items(paginator=paginator), memory) == []


@pytest.mark.parametrize("paginator", PAGINATORS, ids=named)
def test_the_bytes_are_those_of_the_server(paginator):
    sent = []

    def recording(asked):
        sent.append(source.answer(asked))
        return sent[-1]

    with api(5) as source:
        source.server.script = recording
        assert contents(source.land(items(paginator=paginator))) == [answer.body for answer in sent]


@pytest.mark.parametrize(
    ("paginator", "requests"),
    [(PAGINATORS[0], 4), (PAGINATORS[1], 3), (PAGINATORS[2], 4), (PAGINATORS[3], 3), (PAGINATORS[5], 3)],
    ids=str,
)
def test_a_total_saves_the_request_that_finds_nothing(paginator, requests):
    with api(5) as source:
        source.land(items(paginator=paginator))
        assert len(source.server.asked) == requests


def test_a_server_that_gives_fewer_than_the_limit_loses_nothing():
    with api(7) as source:
        assert ids(source.land(items(paginator={"type": "offset", "limit": 100}))) == [
            [1, 2],
            [3, 4],
            [5, 6],
            [7],
            [],
        ]


@pytest.mark.parametrize(
    "paginator",
    [{"type": "page_number", "maximum_page": 1}, {"type": "offset", "limit": 2, "maximum_offset": 2}],
    ids=named,
)
def test_a_maximum_is_kept(paginator):
    with api(7) as source:
        assert ids(source.land(items(paginator=paginator))) == [[1, 2], [3, 4]]


def test_without_a_paginator_a_server_with_more_pages_is_an_error():
    with api(5) as source:
        with pytest.raises(ConnectorError, match="the server has more pages") as caught:
            source.land(items())
        assert "header_link" in caught.value.mend
        assert ids(source.land(items(paginator="single_page"))) == [[1, 2]]


def test_a_single_page_may_be_anything():
    with scripted(lambda _asked: Answer(b"a,b\n1,2\n")) as server:
        connector = Rest(Source("s", "rest", {"base_url": server.url}))
        (taken,) = land(connector, Dataset("d", "s", origin="export.csv"), Memory())
    assert taken.content == b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ([{"id": 1}], {}),
        ({"count": 1, "rows": [{"id": 1}]}, {}),
        ({"a": [], "b": {"rows": [{"id": 1}]}}, {"data_selector": "b.rows"}),
        ({"one": {"id": 1}}, {"data_selector": "one"}),
        ({"none": 1}, {"data_selector": "rows || `[]`"}),
    ],
)
def test_records_are_found(body, options):
    incremental = {"incremental": {"cursor_path": "id", "param": "since"}}
    with scripted(lambda _asked: Answer(json.dumps(body).encode())) as server:
        connector = Rest(Source("s", "rest", {"base_url": server.url}))
        taken = land(connector, Dataset("d", "s", connector_options={**options, **incremental}), Memory())
    assert len(taken) == (0 if "none" in body else 1)


@pytest.mark.parametrize(
    "paginator",
    [
        "no_such",
        "offset",
        {"type": "offset", "limit": 0},
        {"type": "page_number", "stop_after_empty_page": False},
        {"type": "cursor", "cursor_body_path": "a..b"},
        {"type": "json_link", "next_url_path": "$..next"},
    ],
    ids=str,
)
def test_a_paginator_that_is_not_whole_is_refused(paginator):
    with pytest.raises(DeclarationError, match="paginator"):
        list(
            Rest(Source("s", "rest", {"base_url": "http://x"})).discover(items(paginator=paginator), Memory())
        )


def test_what_is_no_path_is_refused():
    with pytest.raises(DeclarationError, match="not a JMESPath: 'items\\["):
        list(
            Rest(Source("s", "rest", {"base_url": "http://x"})).discover(
                items(data_selector="items["), Memory()
            )
        )


@pytest.mark.parametrize(("said", "pages"), [("true", 3), ("False", 1), (True, 3), (False, 1)])
def test_a_server_says_in_its_own_way_whether_there_is_more(said, pages):
    def answer(asked):
        number = int(asked.query["page"])
        return Answer(json.dumps({"items": [{"id": number}], "more": said if number < 2 else False}).encode())

    paginator = {"type": "page_number", "has_more_path": "more", "stop_after_empty_page": False}
    with api(0) as source:
        source.server.script = answer
        assert len(source.land(items(paginator=paginator))) == pages


@pytest.mark.parametrize("said", [None, "perhaps", 1], ids=str)
def test_a_server_that_does_not_say_whether_there_is_more_is_an_error(said):
    with api(0) as source:
        source.server.script = lambda _asked: Answer(json.dumps({"items": [1], "more": said}).encode())
        with pytest.raises(ConnectorError, match="neither true nor false is found at more") as caught:
            source.land(items(paginator={"type": "page_number", "has_more_path": "more"}))
    assert "has_more_path" in caught.value.mend


def test_a_paginator_without_a_type_finds_out():
    with api(5) as source:
        assert ids(source.land(items(paginator={}))) == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ({"errors": [], "warnings": [], "data": [{"id": 1}]}, 1),
        ({"errors": [], "warnings": [], "payload": {"rows": [{"id": 1}, {"id": 2}]}}, 2),
        ({"meta": {"at": "now"}, "response": {"results": [{"id": 1}]}}, 1),
    ],
    ids=["top", "below", "no list on top"],
)
def test_of_several_lists_the_one_with_a_usual_name_holds_the_records(body, count):
    with scripted(lambda _asked: Answer(json.dumps(body).encode())) as server:
        dataset = Dataset(
            "d", "s", connector_options={"incremental": {"cursor_path": "id", "param": "since"}}
        )
        memory = Memory()
        land(Rest(Source("s", "rest", {"base_url": server.url})), dataset, memory)
    assert json.loads(memory.state)["cursor"] == count
