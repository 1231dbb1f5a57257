"""A page that is cut is asked for again; what would change something at the server is not, unless it is said so."""

import json

import pytest

from lake_assets.connectors import _site
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

POSTED = {
    "method": "post",
    "json": {"filter": {"city": "Leeds"}, "n": 7},
    "data_selector": "items",
    "paginator": {
        "type": "offset",
        "limit": 2,
        "offset_body_path": "paging.offset",
        "limit_body_path": "paging.limit",
    },
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(_site, "_BACKOFF_S", 0.001)


def pull(server, memory=None, options=None, **source):
    connector = Rest(Source("api", "rest", {"base_url": server.url, **source}))
    dataset = Dataset("items", "api", origin="items", connector_options=options or {})
    return contents(land(connector, dataset, memory or Memory()))


@pytest.mark.parametrize("cuts", [1, 4])
@pytest.mark.parametrize("is_chunked", [False, True], ids=["with length", "chunked"])
def test_a_cut_page_is_asked_for_again(cuts, is_chunked):
    whole = b"[%s]" % (b"1," * 100_000 + b"1")
    with scripted() as server:
        server.script = lambda _asked: Answer(
            whole, is_chunked=is_chunked, sent_bytes=1000 if len(server.asked) <= cuts else None
        )
        assert pull(server) == [whole]
        assert len(server.asked) == cuts + 1


def test_patience_ends():
    with scripted(lambda _asked: Answer(b"1" * 100, sent_bytes=5)) as server:
        with pytest.raises(ConnectorError, match="cut or damaged"):
            pull(server, retries=2)
        assert len(server.asked) == 3


def paged(asked):
    paging = json.loads(asked.body)["paging"]
    return Answer(json.dumps({"items": list(range(5))[paging["offset"] :][: paging["limit"]]}).encode())


def test_what_is_posted_is_paged_in_the_body():
    with scripted(paged) as server:
        memory = Memory()
        landed = pull(server, memory, POSTED)
        assert [json.loads(page)["items"] for page in landed] == [[0, 1], [2, 3], [4], []]
        assert {asked.method for asked in server.asked} == {"POST"}
        assert server.asked[1].headers["Content-Type"] == "application/json"
        first = {"filter": {"city": "Leeds"}, "n": 7, "paging": {"offset": 0, "limit": 2}}
        assert json.loads(server.asked[0].body) == first
        assert pull(server, memory, POSTED) == []


@pytest.mark.parametrize("landed_before", [1, 2, 3])
def test_a_kill_between_posted_pages_loses_and_repeats_nothing(landed_before):
    with scripted(paged) as server:
        memory = Memory()
        connector = Rest(Source("api", "rest", {"base_url": server.url}))
        dataset = Dataset("items", "api", origin="items", connector_options=POSTED)
        first = land(connector, dataset, memory, at_most=landed_before)
        landed = contents(first + land(connector, dataset, memory))
        assert [json.loads(page)["items"] for page in landed] == [[0, 1], [2, 3], [4], []]
        assert len(server.asked) == 4


@pytest.mark.parametrize(
    "fault", [Answer(status=503), Answer(b"1" * 100, sent_bytes=5)], ids=["refused", "cut"]
)
def test_a_post_is_repeated_only_where_it_is_said_to_change_nothing(fault):
    options = {"method": "POST", "data_selector": "@"}
    with scripted() as server:
        server.script = lambda _asked: Answer(b"[1]") if len(server.asked) > 1 else fault
        with pytest.raises(ConnectorError):
            pull(server, options=options)
        assert len(server.asked) == 1
        server.asked.clear()
        assert pull(server, options=options, retry_posts=True) == [b"[1]"]
        assert len(server.asked) == 2


def test_what_is_posted_follows_no_redirect():
    with scripted(lambda _asked: Answer(status=307, headers={"Location": "/elsewhere"})) as server:
        with pytest.raises(ConnectorError, match="307"):
            pull(server, options={"method": "POST"})
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"method": "GET", "json": {"a": 1}},
        {"method": "PUT"},
        {"method": "POST", "json": {"key": "${SECRET}"}},
    ],
    ids=str,
)
def test_what_cannot_be_posted_is_refused(options):
    with scripted() as server, pytest.raises(DeclarationError, match="not valid"):
        pull(server, options=options)


@pytest.mark.parametrize(
    ("paginator", "asked_with"),
    [
        (
            {"type": "page_number", "page_body_path": "page", "base_page": 1, "maximum_page": 2},
            [{"page": 1}, {"page": 2}],
        ),
        ({"type": "page_number", "page_body_path": "p.n", "page": 5, "maximum_page": 5}, [{"p": {"n": 5}}]),
        ({"type": "cursor", "cursor_path": "next", "cursor_body_path": "after"}, [{}, {"after": "2"}]),
    ],
    ids=["page_number", "first page", "cursor"],
)
def test_every_counting_paginator_may_count_in_the_body(paginator, asked_with):
    with scripted() as server:
        server.script = lambda _asked: Answer(
            json.dumps(
                {"items": [len(server.asked)], "next": "2" if len(server.asked) == 1 else None}
            ).encode()
        )
        pull(server, options={"method": "POST", "paginator": paginator, "data_selector": "items"})
        assert [json.loads(asked.body) for asked in server.asked] == asked_with
