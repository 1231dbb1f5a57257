import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.connectors._rest_state import largest
from lake_assets.errors import ConnectorError
from lake_assets_tests.connectors.api import api, ids, items, with_end
from lake_assets_tests.connectors.memory import Memory
from lake_assets_tests.connectors.servers import Answer

INCREMENTAL = {"cursor_path": "id", "param": "since"}
PAGINATORS = [
    {"type": "page_number"},
    {"type": "offset", "limit": 2},
    {"type": "cursor", "cursor_path": "cursors.next", "cursor_param": "after"},
    {"type": "json_link"},
    {"type": "header_link"},
]


@pytest.mark.parametrize("paginator", PAGINATORS, ids=lambda paginator: paginator["type"])
def test_a_second_pull_asks_for_what_is_past_the_largest_cursor(paginator):
    with api(5) as source:
        memory, dataset = Memory(), items(paginator=paginator, incremental=INCREMENTAL)
        source.land(dataset, memory)
        assert json.loads(memory.state)["cursor"] == 5
        source.server.asked.clear()
        assert source.land(dataset, memory) == []
        assert [asked.query["since"] for asked in source.server.asked] == ["5"]
        source.grow(3)
        assert ids(source.land(dataset, memory)) == with_end(paginator, [[6, 7], [8]])
        assert source.land(dataset, memory) == []


def test_a_first_pull_sends_the_initial_value_or_nothing():
    with api(5) as source:
        source.land(items(paginator="json_link", incremental=INCREMENTAL))
        assert source.asked()[0] == "/v1/items"
        source.server.asked.clear()
        landed = source.land(items(paginator="json_link", incremental={**INCREMENTAL, "initial_value": 3}))
        assert source.asked()[0] == "/v1/items?since=3"
        assert ids(landed) == [[4, 5]]


def test_the_cursor_is_the_largest_wherever_it_stands():
    with api(0) as source:
        source.records = [{"id": 3}, {"id": 9}, {"id": 4}]
        memory = Memory()
        source.land(items(paginator="json_link", incremental=INCREMENTAL), memory)
        assert json.loads(memory.state)["cursor"] == 9


def test_a_server_that_sends_the_last_record_again_lands_it_once():
    with api(3) as source:
        source.server.script = lambda asked: Answer(
            json.dumps(
                {"items": [row for row in source.records if row["id"] >= int(asked.query.get("since", 0))]}
            ).encode()
        )
        memory, dataset = Memory(), items(incremental=INCREMENTAL)
        assert [len(source.land(dataset, memory)) for _ in range(4)] == [1, 0, 0, 0]


def test_a_pull_of_nothing_lands_nothing_and_keeps_the_cursor():
    with api(3) as source:
        memory, dataset = Memory(), items(paginator={"type": "page_number"}, incremental=INCREMENTAL)
        source.land(dataset, memory)
        state = memory.state
        for _ in range(3):
            assert source.land(dataset, memory) == []
        assert memory.state == state


@pytest.mark.parametrize("kind", ["json_link", "header_link", "cursor"])
def test_an_empty_page_is_not_the_last_if_the_server_names_a_next_one(kind):
    """Some servers filter a page after they cut it."""
    paginator = next(paginator for paginator in PAGINATORS if paginator["type"] == kind)
    with api(6) as source:
        source.server.script = lambda asked: without(source.answer(asked), asked, empty={"2"})
        dataset = items(paginator=paginator, incremental=INCREMENTAL)
        assert ids(source.land(dataset)) == [[1, 2], [5, 6]]
        stopping = items(paginator={**paginator, "stop_after_empty_page": True}, incremental=INCREMENTAL)
        assert ids(source.land(stopping)) == [[1, 2], []]


def without(answer, asked, empty):
    if asked.query.get("after") not in empty:
        return answer
    page = {**json.loads(answer.body), "items": []}
    return Answer(json.dumps(page).encode(), headers=answer.headers)


def test_a_feed_that_has_no_end_is_an_error():
    with api(0) as source:
        source.server.script = lambda _asked: Answer(
            json.dumps({"items": [], "next": f"/v1/items?after={len(source.server.asked)}"}).encode()
        )
        with pytest.raises(ConnectorError, match="100 pages in a row bring no records") as caught:
            source.land(items(paginator="json_link"))
        assert "stop_after_empty_page" in caught.value.mend


@pytest.mark.parametrize(
    ("cursors", "what"),
    [([None, None], "no record has a cursor"), ([[1]], "a cursor is a list"), ([True], "a cursor is a bool")],
)
def test_a_cursor_that_is_not_there_is_an_error(cursors, what):
    with api(0) as source:
        source.server.script = lambda _asked: Answer(
            json.dumps({"items": [{"updated": cursor} for cursor in cursors]}).encode()
        )
        with pytest.raises(ConnectorError, match=what) as caught:
            source.land(items(incremental={"cursor_path": "updated", "param": "since"}))
        assert "cursor_path" in caught.value.mend


def test_a_record_without_cursor_among_others_is_no_error():
    with api(0) as source:
        source.server.script = lambda _asked: Answer(b'{"items": [{"id": null}, {"id": 2}]}')
        memory = Memory()
        assert len(source.land(items(incremental=INCREMENTAL), memory)) == 1
        assert json.loads(memory.state)["cursor"] == 2


@given(st.lists(st.integers(-(10**20), 10**20), min_size=1))
def test_numbers_are_compared_as_numbers_also_when_written_as_text(numbers):
    assert largest(numbers) == max(numbers)
    assert int(largest([str(number) for number in numbers])) == max(numbers)


ZONES = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=ZONES)  # noqa: DTZ001  given by timezones


@given(st.lists(TIMES, min_size=1))
def test_times_are_compared_as_instants_whatever_their_zone(times):
    assert datetime.fromisoformat(largest([time.isoformat() for time in times])) == max(times)


def test_a_time_without_zone_is_utc():
    naive, aware = "2024-01-01T10:00:00", datetime(2024, 1, 1, 9, tzinfo=UTC).isoformat()
    assert largest([naive, aware]) == naive


def test_other_text_is_compared_by_character():
    assert largest(["b", "a", "ab"]) == "b"
    assert largest([None]) is None
    assert largest([]) is None
