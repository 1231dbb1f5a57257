"""The state of a dlt resource is remembered with its records, and with nothing else."""

import json

import pytest

from lake_assets_tests.connectors.dlt_plant import Plant, dataset, records
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land

pytestmark = pytest.mark.heavy


@pytest.fixture
def plant(tmp_path):
    return Plant(tmp_path / "plant")


def at(*times):
    return [{"at": time} for time in times]


def test_an_incremental_resource_yields_what_is_past_the_cursor(plant):
    memory = Memory()
    plant.put(*at(1, 2))
    assert records(plant.pull(memory, "latest")) == at(1, 2)
    assert plant.pull(memory, "latest") == []
    plant.put(*at(2, 3, 1))
    assert records(plant.pull(memory, "latest")) == at(3)


def test_incremental_may_be_declared(plant):
    memory, declared = Memory(), {"cursor_path": "at", "initial_value": 2}
    plant.put(*at(1, 2, 3))
    assert records(plant.pull(memory, "readings", incremental=declared)) == at(2, 3)
    plant.put(*at(1, 2, 3, 4))
    assert records(plant.pull(memory, "readings", incremental=declared)) == at(4)


def test_state_of_its_own_is_kept_with_its_types(plant):
    memory = Memory()
    plant.put({"n": 1}, name="day-1")
    assert records(plant.pull(memory, "days")) == [{"n": 1}]
    plant.put({"n": 2}, name="day-2")
    assert records(plant.pull(memory, "days")) == [{"n": 2}]
    state = json.loads(json.loads(memory.state)["dlt"])
    assert state["sources"]["plant"]["resources"]["days"]["taken"] == ["day-1", "day-2"]


def test_what_two_pulls_say_alike_are_two_files(plant):
    memory = Memory()
    plant.put({"n": 1}, name="day-1")
    first = plant.pull(memory, "days")
    plant.put({"n": 1}, name="day-2")
    second = plant.pull(memory, "days")
    assert records(first) == records(second) == [{"n": 1}]
    assert contents(first) != contents(second)


def test_a_resource_without_state_lands_again_only_when_it_changed(plant):
    memory = Memory()
    plant.put(*at(1, 2))
    assert len(plant.pull(memory)) == 1
    assert plant.pull(memory) == []
    plant.put(*at(1))
    assert records(plant.pull(memory)) == at(1)
    plant.put(*at(1, 2))
    assert records(plant.pull(memory)) == at(1, 2)
    assert plant.pull(memory) == []


def test_a_state_that_was_only_looked_for_is_none(plant):
    memory = Memory()
    plant.pull(memory, "days")
    assert memory.state == ""
    plant.put(*at(1))
    plant.pull(memory)
    assert json.loads(memory.state) == {"dlt": "", "pull": 1}


def test_a_pull_that_yields_nothing_lands_nothing(plant):
    assert plant.pull(Memory()) == []
    assert plant.pull(Memory(), "latest") == []


def test_of_two_pulls_from_one_state_each_says_what_it_follows(plant):
    memory = Memory()
    plant.put(*at(1))
    (first,) = plant.pull(memory, "latest")
    assert first.arrival.follows == ""
    plant.put(*at(1, 2))
    looks = [list(plant.connector().discover(dataset("latest"), memory)) for _ in range(2)]
    assert [one.follows for (one,) in looks] == [first.state] * 2
    assert looks[0][0].fingerprint == looks[1][0].fingerprint


def test_tables_go_on_too(plant):
    memory, declared = Memory(), dataset("tables", "parquet", incremental={"cursor_path": "at"})
    plant.put(*at(1, 2))
    assert len(land(plant.connector(), declared, memory)) == 1
    assert land(plant.connector(), declared, memory) == []


def test_an_arrival_is_fetched_while_the_look_lasts(plant):
    plant.put(*at(1))
    arrivals = plant.connector().discover(dataset("readings"), Memory())
    assert records([fetched(next(arrivals))]) == at(1)
    arrivals.close()
