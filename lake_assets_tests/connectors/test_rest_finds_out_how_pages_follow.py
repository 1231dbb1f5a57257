"""Paginator `auto`: the first answer tells, and what it told is remembered."""

import json

import pytest

from lake_assets.connectors._rest_path import as_jmespath, names_in
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer, scripted

AUTO = Dataset("items", "api", origin="items", connector_options={"paginator": "auto"})
LAST = 4


def linked(asked, following):
    return {}, {"Link": f'</items?at={following}>; rel="next"'} if following else {}


def addressed(asked, following):
    return {"links": {"next": f"/items?at={following}" if following else None}}, {}


def in_an_object(asked, following):
    return {"_links": {"next": {"href": f"/items?at={following}"}} if following else {}}, {}


def by_cursor(asked, following):
    return {"meta": {"next_cursor": str(following) if following else ""}}, {}


def numbered_from_one(asked, _following):
    return {"page": int(asked.query.get("page", 1)), "total_pages": LAST}, {}


def numbered_from_zero(asked, _following):
    return {"meta": {"current_page": int(asked.query.get("page", 0)), "pages": LAST}}, {}


KINDS = [linked, addressed, in_an_object, by_cursor, numbered_from_one, numbered_from_zero]


def at(asked, kind):
    if kind is numbered_from_zero:
        return int(asked.query.get("page", 0)) + 1
    return int(asked.query.get("at") or asked.query.get("cursor") or asked.query.get("page") or 1)


def answering(kind):
    def answer(asked):
        number = at(asked, kind)
        envelope, headers = kind(asked, number + 1 if number < LAST else None)
        return Answer(json.dumps({**envelope, "items": [{"id": number}]}).encode(), headers=headers)

    return answer


def numbers(taken):
    return [json.loads(one.content)["items"][0]["id"] for one in taken]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("landed_before", [0, 1, 3])
def test_every_page_lands_once_also_after_a_kill(kind, landed_before):
    with scripted(answering(kind)) as server:
        connector, memory = Rest(Source("api", "rest", {"base_url": server.url})), Memory()
        first = land(connector, AUTO, memory, at_most=landed_before)
        assert numbers(first + land(connector, AUTO, memory)) == [1, 2, 3, 4]
        assert land(connector, AUTO, memory) == []


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"pages": 3},
        {"pages": 3, "page": 7},
        {"next": None},
        {"next": False},
        {"next": {}},
        {"a": {"b": 1}},
    ],
    ids=str,
)
def test_where_nothing_tells_there_is_one_page(document):
    with scripted(lambda _asked: Answer(json.dumps(document).encode())) as server:
        assert len(land(Rest(Source("api", "rest", {"base_url": server.url})), AUTO, Memory())) == 1
        assert len(server.asked) == 1


def test_a_server_that_does_not_know_the_cursor_it_gave_is_an_error():
    answer = Answer(b'{"next": "x", "items": [1]}')
    with scripted(lambda _asked: answer) as server, pytest.raises(ConnectorError, match="go in a circle"):
        land(Rest(Source("api", "rest", {"base_url": server.url})), AUTO, Memory())


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("$", "@"),
        ("@", "@"),
        ("$.a.b", "a.b"),
        ("$['a']['b-c']", 'a."b-c"'),
        ('$["a b"].c', '"a b".c'),
        ("'@odata.nextLink'", '"@odata.nextLink"'),
        ("@odata", '"@odata"'),
        ("a.b-c", 'a."b-c"'),
        ("items[*].id", "items[*].id"),
        ("items[0]", "items[0]"),
        ("a || b", "a || b"),
        ("length(a)", "length(a)"),
    ],
)
def test_jsonpath_is_taken_where_jmespath_means_the_same(path, meant):
    found = as_jmespath(path)
    assert found in {meant, meant.replace("a.", '"a".', 1)}
    assert as_jmespath(found) == found


@pytest.mark.parametrize("path", ["$..a", "a[", "a..b"])
def test_what_jmespath_has_no_form_for_is_refused(path):
    with pytest.raises(DeclarationError, match="not a JMESPath"):
        Rest(Source("s", "rest", {"base_url": "http://x"})).check(
            Dataset("d", "s", origin="x", connector_options={"data_selector": path})
        )


def test_names_are_told_from_other_paths():
    assert names_in('a."b c".d') == ("a", "b c", "d")
    assert names_in("@") == ()
    assert names_in("a[*]") is None
    assert names_in("a || b") is None
