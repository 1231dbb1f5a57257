import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.connectors._rest_state import ParentState, PullState
from lake_assets.errors import ConnectorError
from lake_assets_tests.connectors.api import api, ids, items, with_end
from lake_assets_tests.connectors.memory import Memory, land, land_until_refused
from lake_assets_tests.connectors.servers import Answer, scripted

PAGINATORS = [
    {"type": "page_number"},
    {"type": "offset", "limit": 2},
    {"type": "cursor", "cursor_path": "cursors.next", "cursor_param": "after"},
    {"type": "json_link"},
    {"type": "header_link"},
]
INCREMENTAL = {"cursor_path": "id", "param": "since", "row_order": "asc"}


@pytest.mark.parametrize("paginator", PAGINATORS, ids=lambda paginator: paginator["type"])
@pytest.mark.parametrize("incremental", [None, INCREMENTAL], ids=["all", "incremental"])
def test_a_kill_after_any_page_loses_and_repeats_nothing(paginator, incremental):
    with api(7) as source:
        dataset = items(paginator=paginator, incremental=incremental)
        for landed_before in range(5):
            memory = Memory()
            first = source.land(dataset, memory, at_most=landed_before)
            source.server.asked.clear()
            second = source.land(dataset, memory)
            assert ids(first + second) == with_end(paginator, [[1, 2], [3, 4], [5, 6], [7]])
            if 0 < landed_before < 4:
                assert len(source.server.asked) <= 5 - landed_before
            if incremental and paginator["type"] == "page_number" and landed_before:
                continue  # what came since the interruption is asked for, see the window
            assert source.land(dataset, memory) == []


@pytest.mark.parametrize("paginator", PAGINATORS, ids=lambda paginator: paginator["type"])
@pytest.mark.parametrize("fault", [1, 2, 3, 4])
def test_pages_before_a_failure_land_and_the_next_look_goes_on(paginator, fault):
    with api(7) as source:
        memory = Memory()
        source.fail_at = {fault}
        taken, error = land_until_refused(source.connector(), items(paginator=paginator), memory)
        assert "500" in error.what
        assert len(taken) == fault - 1
        taken += source.land(items(paginator=paginator), memory)
        assert ids(taken) == with_end(paginator, [[1, 2], [3, 4], [5, 6], [7]])


def test_the_state_holds_no_host_so_that_a_pull_goes_on_at_another_address():
    memory, dataset = Memory(), items(paginator="json_link")
    with api(5) as source:
        first = source.land(dataset, memory, at_most=1)
        assert json.loads(memory.state)["next"] == "items?since=0&after=2"
        assert "127.0.0.1" not in memory.state
    with api(5) as moved:
        assert ids(first + moved.land(dataset, memory)) == [[1, 2], [3, 4], [5]]


def test_a_next_page_that_the_server_forgot_begins_the_pull_again(caplog):
    with api(5) as source:
        memory, dataset = Memory(), items(paginator="json_link", incremental=INCREMENTAL)
        source.land(dataset, memory, at_most=2)
        source.server.script = lambda asked: (
            Answer(status=410) if asked.query.get("after") == "4" else source.answer(asked)
        )
        source.server.asked.clear()
        with pytest.raises(ConnectorError, match="410"):
            source.land(dataset, memory)
        assert source.asked() == [
            "/v1/items?since=0&after=4",
            "/v1/items",
            "/v1/items?since=0&after=2",
            "/v1/items?since=0&after=4",
        ]
        assert "the pull begins again" in caplog.text
        source.server.script = source.answer
        assert ids(source.land(dataset, memory)) == [[5]]


def test_a_pull_that_begins_again_asks_for_all_since_it_began():
    """The largest cursor seen must not count: with the newest first, older records would be lost."""
    state = PullState(next="items?after=gone", cursor=99, since=3, page=4)
    with api(5) as source:
        source.server.script = lambda asked: (
            Answer(status=404) if asked.query.get("after") == "gone" else source.answer(asked)
        )
        dataset = items(paginator="json_link", incremental=INCREMENTAL)
        assert ids(source.land(dataset, Memory(state=state.text()))) == [[4, 5]]


def test_a_server_that_is_down_does_not_count_as_forgetful():
    state = PullState(next="items?after=2", page=1)
    with scripted(lambda _asked: Answer(status=503)) as server, api() as source:
        source.server = server
        with pytest.raises(ConnectorError, match="503"):
            land(source.connector(), items(paginator="json_link"), Memory(state=state.text()))
        assert len(server.asked) == 1


@pytest.mark.parametrize("paginator", PAGINATORS[:2], ids=lambda paginator: paginator["type"])
def test_a_next_page_remembered_under_another_paginator_does_no_harm(paginator):
    state = PullState(next="items?from=4", page=2)
    with api(5) as source:
        taken = source.land(items(paginator=paginator), Memory(state=state.text()))
    assert ids(taken) == with_end(paginator, [[1, 2], [3, 4], [5]])


@pytest.mark.parametrize("foreign", ["", "{", "[]", "7", "null", '{"offsets": {"0": 7}}', "\udce9"])
def test_a_state_of_another_kind_of_connector_begins_anew(foreign):
    with api(1) as source:
        assert ids(source.land(items(), Memory(state=foreign))) == [[1]]


@given(
    state=st.builds(
        PullState,
        next=st.none() | st.text(),
        cursor=st.none() | st.integers() | st.text(),
        body=st.text(),
        detected=st.none() | st.dictionaries(st.text(), st.integers(), min_size=1),
        boundary=st.lists(st.text()).map(tuple),
        parent=st.none()
        | st.builds(ParentState, request=st.none() | st.text(), cursor=st.none() | st.integers()),
        since=st.none() | st.floats(allow_nan=False) | st.text(),
        page=st.integers(0),
    )
)
def test_a_state_is_read_as_it_was_written(state):
    assert PullState.read(state.text()) == state
