import json

import pytest

from lake_assets_tests.connectors.api import api, ids, items
from lake_assets_tests.connectors.memory import Memory
from lake_assets_tests.connectors.servers import Answer

PAGINATORS = [{"type": "page_number"}, {"type": "offset", "limit": 2}, {"type": "json_link"}]


@pytest.mark.parametrize("paginator", PAGINATORS, ids=lambda paginator: paginator["type"])
def test_of_a_changed_whole_only_the_changed_pages_come(paginator):
    with api(6) as source:
        memory, dataset = Memory(), items(paginator=paginator)
        source.land(dataset, memory)
        source.records[2]["name"] = "changed"
        assert ids(source.land(dataset, memory)) == [[3, 4]]
        assert json.loads(memory.state)["next"] is None
        assert source.land(dataset, memory) == []
        source.grow(1)
        assert ids(source.land(dataset, memory)) == [[7]]


def test_a_page_that_went_back_to_what_it_was_comes_again():
    with api(0) as source:
        memory, landed = Memory(), []
        for count in (1, 2, 1, 1, 2):
            source.records = [{"id": number} for number in range(1, count + 1)]
            landed += source.land(items(), memory)
        assert ids(landed) == [[1], [1, 2], [1], [1, 2]]


def test_an_envelope_that_differs_is_nothing_new_if_it_is_said_where_the_records_are():
    """The answers of this API hold a number that grows with each request."""
    with api(2) as source:
        memory = Memory()
        assert len(source.land(items(paginator="json_link"), memory)) == 1
        assert source.land(items(paginator="json_link"), memory) == []
        unsaid = items(data_selector=None, paginator="single_page")
        assert [len(source.land(unsaid, memory)) for _ in range(2)] == [1, 1]


def test_that_nothing_is_left_is_news():
    with api(2) as source:
        memory = Memory()
        source.land(items(paginator={"type": "page_number"}), memory)
        source.records.clear()
        assert ids(source.land(items(paginator={"type": "page_number"}), memory)) == [[]]
        assert source.land(items(paginator={"type": "page_number"}), memory) == []


def test_an_answer_without_content_is_an_empty_page():
    with api(0) as source:
        source.server.script = lambda _asked: Answer(status=204)
        dataset = items(data_selector=None, incremental={"cursor_path": "id", "param": "since"})
        assert source.land(dataset) == []


def test_a_look_without_fetching_asks_for_the_page_it_names_alone():
    with api(9) as source:
        arrivals = source.connector().discover(items(paginator="json_link"), Memory())
        next(arrivals)
        arrivals.close()
        assert len(source.server.asked) == 1


def test_an_unfinished_pull_whose_rest_is_known_does_not_hide_what_is_new_before():
    with api(6) as source:
        memory, dataset = Memory(), items(paginator="json_link")
        source.land(dataset, memory)
        source.records[0]["name"] = "changed"
        source.records[2]["name"] = "changed"
        source.land(dataset, memory, at_most=1)
        source.records[2].pop("name")
        source.records[1]["name"] = "changed later"
        assert ids(source.land(dataset, memory)) == [[1, 2]]
        assert source.land(dataset, memory) == []
