"""What happens to a topic while it is read: the broker falls silent, or deletes what is not read yet."""

import json
import time

import pytest

from lake_assets.connectors.kafka import Kafka
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, fetched, land

pytestmark = pytest.mark.heavy

COUNT = 160
LARGE = b"x" * 900_000  # so that no more than half of the messages are on this side of the line


@pytest.fixture
def topic(kafka):
    name = kafka.topic()
    kafka.put(name, *[LARGE] * COUNT)
    return name


@pytest.fixture
def connector(kafka):
    return Kafka(Source("broker", "kafka", {"bootstrap_servers": kafka.servers, "timeout_s": 3}))


def offsets(taken):
    lines = [json.loads(line) for one in taken for line in one.content.splitlines()]
    return [line["offset"] for line in lines if "offset" in line]


def dataset(topic, **options):
    return Dataset("flights", "broker", origin=topic, connector_options={"max_messages": 2, **options})


def first_of(arrivals, memory):
    taken = [fetched(next(arrivals))]
    memory.note(taken[0])
    return taken


def rest_of(arrivals, memory, taken):
    """The error that the look ends with; what lands before is added."""
    try:
        for arrival in arrivals:
            taken.append(fetched(arrival))
            memory.note(taken[-1])
    except ConnectorError as error:
        return error
    raise AssertionError("nothing was refused")


def test_a_broker_that_falls_silent_is_told_and_the_next_look_goes_on(kafka, connector, topic):
    memory = Memory()
    arrivals = connector.discover(dataset(topic), memory)
    taken = first_of(arrivals, memory)
    with kafka.silent():
        error = rest_of(arrivals, memory, taken)
    assert error.what.startswith("the cluster cannot be reached")
    assert 0 < len(offsets(taken)) < COUNT
    until = time.monotonic() + 60
    while len(offsets(taken)) < COUNT and time.monotonic() < until:
        # A broker that comes back may show its last message a moment later.
        taken += land(connector, dataset(topic), memory)
    assert offsets(taken) == list(range(COUNT))
    assert land(connector, dataset(topic), memory) == []


def test_messages_that_are_deleted_while_they_are_read_are_told(kafka, connector, topic):
    memory = Memory()
    arrivals = connector.discover(dataset(topic), memory)
    taken = first_of(arrivals, memory)
    kafka.delete_before(topic, COUNT)
    error = rest_of(arrivals, memory, taken)
    assert "messages are lost: partition 0" in error.what
    read = offsets(taken)
    assert read == list(range(len(read)))
    with pytest.raises(ConnectorError, match=f"offsets {len(read)} to {COUNT - 1} are deleted"):
        land(connector, dataset(topic), memory)
    assert land(connector, dataset(topic, on_loss="go_on"), memory) == []
    kafka.put(topic, b"next")
    assert offsets(land(connector, dataset(topic, on_loss="go_on"), memory)) == [COUNT]
