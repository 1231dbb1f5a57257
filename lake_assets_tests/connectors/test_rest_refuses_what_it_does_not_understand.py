import json

import pytest

from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset
from lake_assets_tests.connectors.api import api, ids, items
from lake_assets_tests.connectors.memory import Memory, land_until_refused
from lake_assets_tests.connectors.servers import Answer

INCREMENTAL = {"cursor_path": "id", "param": "since"}


def refusal(body, dataset, **headers):
    with api(0) as source:
        source.server.script = lambda _asked: Answer(
            body if isinstance(body, bytes) else json.dumps(body).encode(), headers=headers
        )
        with pytest.raises(ConnectorError) as caught:
            source.land(dataset)
    assert "dataset items" in caught.value.place
    assert "GET items" in caught.value.place
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize("body", [b"<html>", b"\xff\xfe\xfa", b'{"items": [', b"[" * 100_000], ids=str)
def test_an_answer_that_is_not_json(body):
    error = refusal(body, items())
    assert error.what == "the answer is not JSON"
    assert error.__cause__ is not None


@pytest.mark.parametrize(
    ("body", "selector"),
    [
        ({"rows": []}, "items"),
        ({"items": 7}, "items"),
        ({"items": None}, "items"),
        ({"a": [], "b": []}, None),
        (7, None),
    ],
)
def test_records_that_are_not_where_they_are_said_to_be(body, selector):
    error = refusal(body, items(data_selector=selector, incremental=INCREMENTAL))
    assert error.what.startswith("no records are found")
    assert "data_selector" in error.mend


def test_a_path_that_does_not_fit_the_answer_shows_nothing_of_it():
    error = refusal({"items": "personal"}, items(data_selector="avg(items)"))
    assert "does not fit the answer" in error.what
    assert "personal" not in str(error)
    assert error.__suppress_context__


@pytest.mark.parametrize("total", [None, "7", True])
def test_a_total_that_is_no_number(total):
    paginator = {"type": "page_number", "total_path": "total"}
    error = refusal({"items": [1], "total": total}, items(paginator=paginator))
    assert "total_path" in error.mend


@pytest.mark.parametrize("token", [{"a": 1}, [1]])
def test_a_next_page_that_is_no_text(token):
    error = refusal({"items": [1], "next": token}, items(paginator="json_link"))
    assert "names no page" in error.what


def test_a_page_that_is_too_large_is_not_read_to_its_end():
    with api(0) as source:
        source.server.script = lambda _asked: Answer(b"1" * 30_000_000)
        with pytest.raises(ConnectorError, match="more than 1,000 bytes") as caught:
            source.land(items(max_page_bytes=1000))
    assert "max_page_bytes" in caught.value.mend


def test_a_page_that_unpacks_to_too_much_is_refused():
    import gzip

    bomb = gzip.compress(b"1" * 30_000_000)
    error = refusal(bomb, items(max_page_bytes=1_000_000), **{"Content-Encoding": "gzip"})
    assert "more than 1,000,000 bytes" in error.what


def test_a_packed_page_arrives_unpacked():
    import gzip

    with api(0) as source:
        source.server.script = lambda _asked: Answer(
            gzip.compress(b'{"items": [{"id": 1}]}'), headers={"Content-Encoding": "gzip"}
        )
        assert ids(source.land(items())) == [[1]]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_pages_in_a_circle(length):
    with api(0) as source:
        source.server.script = lambda asked: Answer(
            json.dumps(
                {
                    "items": [{"id": len(source.server.asked)}],
                    "next": f"?page={(int(asked.query.get('page', 0)) + 1) % length}",
                }
            ).encode()
        )
        taken, error = land_until_refused(source.connector(), items(paginator="json_link"), Memory())
    assert error.what == "the pages go in a circle"
    assert len(taken) == len(source.server.asked) == length + 1
    assert "paginator" in error.mend


@pytest.mark.parametrize(
    "paginator", [{"type": "page_number", "page_param": "seite"}, {"type": "offset", "limit": 2}]
)
def test_a_server_that_does_not_know_the_parameter_of_the_page(paginator):
    with api(0) as source:
        source.server.script = lambda _asked: Answer(b'{"items": [{"id": 1}]}')
        with pytest.raises(ConnectorError, match="5 pages in a row were there before") as caught:
            source.land(items(paginator=paginator))
    assert "parameter names" in caught.value.mend


@pytest.mark.parametrize("origin", ["http://example.org/items", "items?key=1"])
def test_an_origin_that_is_no_path(origin):
    with api(0) as source:
        with pytest.raises(ConnectorError, match="the origin is not a path") as caught:
            source.land(Dataset("d", "api", origin=origin))
        assert "params" in caught.value.mend
        assert source.asked() == []


@pytest.mark.parametrize(("origin", "target"), [("items", "/v1/items"), ("/items", "/v1/items"), ("", "/v1")])
def test_an_origin_is_below_the_base(origin, target):
    with api(0) as source:
        source.server.script = lambda _asked: Answer(b"[]")
        source.land(Dataset("d", "api", origin=origin))
        assert source.asked() == [target]


def test_headers_and_parameters_are_sent_with_every_page():
    with api(5) as source:
        dataset = items(
            paginator={"type": "page_number"}, params={"q": "a b", "all": True, "tag": ["x", "y"]}
        )
        source.land(dataset)
        assert {target.partition("page=")[0] for target in source.asked()} == {
            "/v1/items?q=a+b&all=true&tag=x&tag=y&"
        }
