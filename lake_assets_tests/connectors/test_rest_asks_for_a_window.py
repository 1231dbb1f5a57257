"""The window of an incremental pull: where it starts and ends, what comes late, what comes twice."""

import json

import pytest

from lake_assets.connectors._rest_incremental import lagged
from lake_assets.connectors._rest_state import is_before, least
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.api import api, ids, items
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer

BY_ID = {"cursor_path": "id", "param": "since"}
LINK = {"type": "json_link"}


def page(*records):
    return Answer(json.dumps({"items": list(records)}).encode())


def at(day, number=1):
    return {"id": number, "at": day}


@pytest.mark.parametrize(
    ("cursor", "lag", "start"),
    [
        (10, 3, 7),
        (10.5, 0.5, 10),
        ("10", 3, "7"),
        ("10.5", 3, "7.5"),
        ("2024-03-01", 2, "2024-02-28"),
        ("2024-03-01T00:00:00Z", 1, "2024-02-29T23:59:59Z"),
        ("2024-03-01T00:00:00.250Z", 1, "2024-02-29T23:59:59.250Z"),
        ("2024-03-01 00:00:00", 60, "2024-02-29 23:59:00"),
        ("2024-03-01T00:00:00+02:00", 60, "2024-02-29T23:59:00+02:00"),
        ("2024-03-01T00:00:00", 60, "2024-02-29T23:59:00"),
        ("anything", 0, "anything"),
    ],
)
def test_a_lag_goes_back_and_keeps_the_way_of_writing(cursor, lag, start):
    assert lagged(cursor, lag) == start


def test_records_that_come_late_are_asked_for_again():
    with api(5) as source:
        memory, dataset = Memory(), items(paginator=LINK, incremental={**BY_ID, "lag": 2})
        source.land(dataset, memory)
        source.server.asked.clear()
        source.land(dataset, memory)
        assert source.server.asked[0].query["since"] == "3"


def test_a_lag_never_goes_before_the_initial_value():
    with api(5) as source:
        dataset = items(paginator=LINK, incremental={**BY_ID, "lag": 100, "initial_value": 2})
        memory = Memory()
        for _ in range(2):
            source.land(dataset, memory)
        assert {asked.query["since"] for asked in source.server.asked} == {"2"}


def test_a_cursor_that_cannot_lag_is_an_error():
    with api(0) as source:
        source.server.script = lambda _asked: page({"id": "b-7"})
        memory, dataset = Memory(), items(incremental={**BY_ID, "lag": 2})
        source.land(dataset, memory)
        with pytest.raises(ConnectorError, match="the cursor cannot lag") as caught:
            source.land(dataset, memory)
        assert "lag" in caught.value.mend


def test_the_end_is_sent_too():
    with api(5) as source:
        window = {**BY_ID, "initial_value": 0, "end_param": "until", "end_value": 4}
        source.land(items(incremental=window, paginator="single_page"))
        assert source.asked() == ["/v1/items?since=0&until=4"]


@pytest.mark.parametrize(
    ("range_end", "expected"), [("open", [[1, 2], [3, 4]]), ("closed", [[1, 2], [3, 4], [5, 6]])]
)
def test_in_rising_order_a_pull_stops_at_the_end(range_end, expected):
    with api(9) as source:
        window = {**BY_ID, "row_order": "asc", "end_value": 4, "range_end": range_end}
        memory, dataset = Memory(), items(paginator=LINK, incremental=window)
        assert ids(source.land(dataset, memory)) == expected
        assert json.loads(memory.state)["next"] is None


def test_in_falling_order_a_pull_stops_where_the_rest_is_known():
    with api(9) as source:
        source.records.reverse()
        window = {"cursor_path": "id", "row_order": "desc"}
        memory, dataset = Memory(), items(paginator=LINK, incremental=window)
        assert len(source.land(dataset, memory)) == 5
        source.records[:0] = [{"id": 11}, {"id": 10}]
        source.server.asked.clear()
        assert ids(source.land(dataset, memory)) == [[11, 10], [9, 8]]
        assert len(source.server.asked) == 2
        assert json.loads(memory.state)["cursor"] == 11


def test_a_start_may_stand_anywhere_in_the_request():
    with api(0) as source:
        source.server.script = lambda _asked: page({"id": 7})
        options = {
            "params": {"q": "id>{incremental.start_value}", "n": "{incremental.start_value}"},
            "incremental": {"cursor_path": "id"},
        }
        memory, dataset = Memory(), items(**options)
        source.land(dataset, memory)
        source.land(dataset, memory)
        assert source.asked()[1] == "/v1/items?q=id%3E7&n=7"
        assert "n=" not in source.asked()[0]


def test_records_at_the_start_that_come_again_are_no_news():
    with api(0) as source:
        records = [at("2024-05-01"), at("2024-05-02", 2), at("2024-05-02", 3)]
        source.server.script = lambda asked: page(
            *(each for each in records if each["at"] >= asked.query.get("since", ""))
        )
        memory, dataset = Memory(), items(incremental={"cursor_path": "at", "param": "since"})
        assert len(source.land(dataset, memory)) == 1
        assert source.land(dataset, memory) == []
        records[2] = {**records[2], "name": "changed"}
        assert ids(source.land(dataset, memory)) == [[2, 3]]
        records.append(at("2024-05-02", 4))
        assert ids(source.land(dataset, memory)) == [[2, 3, 4]]
        assert source.land(dataset, memory) == []


def test_of_very_many_records_at_the_boundary_none_are_remembered():
    with api(0) as source:
        source.server.script = lambda _asked: page(*(at("2024-05-01", number) for number in range(1000)))
        memory, dataset = Memory(), items(incremental={"cursor_path": "at", "param": "since"})
        source.land(dataset, memory)
        assert len(memory.state) < 500


def test_after_an_interruption_what_came_before_it_is_asked_for_too():
    """Unless the server is said to give the newest last, records may have come where the pull had been."""
    with api(6) as source:
        memory, dataset = Memory(), items(paginator=LINK, incremental=BY_ID)
        source.land(dataset, memory, at_most=1)
        source.land(dataset, memory)
        assert json.loads(memory.state)["cursor"] == 2
        ordered = items(paginator=LINK, incremental={**BY_ID, "row_order": "asc"})
        memory = Memory()
        source.land(ordered, memory, at_most=1)
        source.land(ordered, memory)
        assert json.loads(memory.state)["cursor"] == 6


@pytest.mark.parametrize(
    ("on_missing", "records", "refused"),
    [
        ("raise", [{"id": 1}, {}], True),
        ("include", [{}, {}], False),
        (None, [{"id": 1}, {}], False),
        (None, [{}, {}], True),
    ],
)
def test_records_without_a_cursor(on_missing, records, refused):
    with api(0) as source:
        source.server.script = lambda _asked: page(*records)
        dataset = items(incremental={**BY_ID, "on_cursor_value_missing": on_missing})
        if refused:
            with pytest.raises(ConnectorError, match="has a cursor"):
                source.land(dataset)
        else:
            assert len(source.land(dataset)) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"incremental": {"cursor_path": "id"}},
        {"incremental": {**BY_ID, "start_param": "from"}},
        {"incremental": {**BY_ID, "end_param": "until"}},
        {"incremental": BY_ID, "params": {"x": {"type": "incremental", "cursor_path": "id"}}},
    ],
    ids=str,
)
def test_a_window_that_is_not_whole_is_refused(options):
    with pytest.raises(DeclarationError):
        Rest(Source("s", "rest", {"base_url": "http://x"})).check(items(**options))


def test_cursors_have_one_order():
    assert least(["10", "9"]) == "9"
    assert least([3, None, 2.5]) == 2.5
    assert least([]) is None
    assert is_before("a", "b")
    assert not is_before("2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00Z")


def test_a_deep_cursor_is_found():
    with api(0) as source:
        source.server.script = lambda _asked: page({"meta": {"n": 4}}, {"meta": {"n": 9}})
        memory = Memory()
        dataset = Dataset("d", "api", origin="items", connector_options={
            "data_selector": "items", "incremental": {"cursor_path": "$.meta.n", "param": "since"}
        })  # fmt: skip
        land(source.connector(), dataset, memory)
        assert json.loads(memory.state)["cursor"] == 9
