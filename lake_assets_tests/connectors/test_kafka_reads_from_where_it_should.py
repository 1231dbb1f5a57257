import json
import threading
import time

import pytest
from confluent_kafka import Producer

from lake_assets.connectors.kafka import Kafka
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land, land_until_refused

pytestmark = pytest.mark.heavy


@pytest.fixture
def topic(kafka):
    name = kafka.topic()
    kafka.put(name, b"0", b"1", b"2", timestamp=1_700_000_000_000)
    kafka.put(name, b"3", b"4", timestamp=1_700_000_001_000)
    return name


@pytest.fixture
def connector(kafka):
    return Kafka(Source("broker", "kafka", {"bootstrap_servers": kafka.servers, "timeout_s": 10}))


def dataset(topic, **options):
    return Dataset("flights", "broker", origin=topic, connector_options=options)


def read(taken):
    """The values of all messages."""
    lines = [json.loads(line) for one in taken for line in one.content.splitlines()]
    return [line["value"] for line in lines if "value" in line]


def read_in_time(connector, declared, memory, count):
    """The values of so many messages: a broker ends a transaction some time after it says that it will."""
    found, until = [], time.monotonic() + 30
    while len(found) < count and time.monotonic() < until:
        found += read(land(connector, declared, memory))
    return found


def test_a_topic_is_read_from_its_oldest_message(connector, topic):
    assert read(land(connector, dataset(topic), Memory())) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2023-11-14T22:13:21Z", ["3", "4"]),
        ("2023-11-14T22:13:21", ["3", "4"]),
        ("2023-11-15T03:43:20+05:30", ["0", "1", "2", "3", "4"]),
        ("2030-01-01", []),
    ],
)
def test_or_from_a_moment_on(kafka, connector, topic, moment, expected):
    memory, declared = Memory(), dataset(topic, start={"timestamp": moment})
    assert read(land(connector, declared, memory)) == expected
    kafka.put(topic, b"5")
    assert read(land(connector, declared, memory)) == ["5"]


def test_or_from_now_on(kafka, connector, topic):
    memory, declared = Memory(), dataset(topic, start="latest")
    (start,) = land(connector, declared, memory)
    assert json.loads(start.content)["messages"] == 0
    assert land(connector, declared, memory) == []
    kafka.put(topic, b"5")
    assert read(land(connector, declared, memory)) == ["5"]


def test_a_look_ends_where_the_topic_ended_when_it_began(kafka, connector, topic):
    memory = Memory()
    arrivals = connector.discover(dataset(topic, max_messages=2), memory)
    first = next(arrivals)
    kafka.put(topic, b"5", b"6")
    assert [one.fingerprint.split()[0] for one in [first, *arrivals]] == ["0-2", "2-4", "4-5"]


def test_a_look_ends_while_others_go_on_writing(kafka, connector, topic):
    ended = threading.Event()

    def write():
        producer = Producer({"bootstrap.servers": kafka.servers, "linger.ms": 0})
        while not ended.wait(0.001):
            producer.produce(topic, b"x", partition=0)
            producer.poll(0)
        producer.flush(10)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        land(connector, dataset(topic), Memory())
    finally:
        ended.set()
        writing.join()


def test_files_are_bounded_by_messages_and_by_bytes(kafka, connector):
    topic = kafka.topic(partitions=2)
    for partition in range(2):
        kafka.put(topic, *[b"x" * 1000] * 10, partition=partition)
    by_count = land(connector, dataset(topic, max_messages=4), Memory())
    assert sorted(json.loads(one.content.split(b"\n")[0])["messages"] for one in by_count) == [
        2,
        2,
        4,
        4,
        4,
        4,
    ]
    by_bytes = land(connector, dataset(topic, max_bytes=3000), Memory())
    assert max(len(one.content) for one in by_bytes) < 6000
    assert len(read(by_bytes)) == 20


def test_a_look_is_bounded_in_time_and_the_next_goes_on(kafka, connector):
    topic, memory = kafka.topic(), Memory()
    kafka.put(topic, *[b"%d" % number for number in range(5000)])
    declared, found = dataset(topic, max_s=0.001, max_messages=100), []
    for _ in range(40):
        found += read(land(connector, declared, memory))
    assert found == [str(number) for number in range(len(found))]


def test_marks_of_transactions_are_no_messages(kafka, connector):
    topic, memory = kafka.topic(), Memory()
    producer = Producer({"bootstrap.servers": kafka.servers, "transactional.id": topic})
    producer.init_transactions(30)
    for values, ends in (("ab", producer.commit_transaction), ("cd", producer.abort_transaction)):
        producer.begin_transaction()
        for value in values:
            producer.produce(topic, value, partition=0)
        producer.flush(30)
        ends(30)
    assert read_in_time(connector, dataset(topic), memory, 2) == ["a", "b"]
    assert land(connector, dataset(topic), memory) == []
    kafka.put(topic, b"e")
    assert read_in_time(connector, dataset(topic), memory, 1) == ["e"]


def test_messages_of_an_open_transaction_wait(kafka, connector):
    topic, memory = kafka.topic(), Memory()
    producer = Producer({"bootstrap.servers": kafka.servers, "transactional.id": topic})
    producer.init_transactions(30)
    producer.begin_transaction()
    producer.produce(topic, "open", partition=0)
    producer.flush(30)
    kafka.put(topic, b"after")
    assert land(connector, dataset(topic), memory) == []
    producer.commit_transaction(30)
    assert read_in_time(connector, dataset(topic), memory, 2) == ["open", "after"]


def test_messages_that_retention_deleted_unread_are_told_and_nothing_goes_past_them(kafka, connector):
    topic, memory = kafka.topic(partitions=2), Memory()
    for partition in range(2):
        kafka.put(topic, b"0", b"1", partition=partition)
    land(connector, dataset(topic), memory)
    for partition in range(2):
        kafka.put(topic, b"2", b"3", b"4", partition=partition)
    kafka.delete_before(topic, 4)
    taken, error = land_until_refused(connector, dataset(topic), memory)
    assert read(taken) == ["2", "3", "4"], "the other partition is not held up"
    assert "partition 0: offsets 2 to 3 are deleted" in error.what
    assert "on_loss: go_on" in error.mend
    assert f"topic {topic}" in error.place
    for _ in range(2):
        with pytest.raises(ConnectorError, match="offsets 2 to 3 are deleted"):
            land(connector, dataset(topic), memory)
    assert read(land(connector, dataset(topic, on_loss="go_on"), memory)) == ["4"]
    assert land(connector, dataset(topic), memory) == []


def test_a_topic_that_was_made_again_is_told(kafka, connector):
    topic, memory = kafka.topic(), Memory()
    kafka.put(topic, b"0", b"1")
    land(connector, dataset(topic), memory)
    kafka.drop(topic)
    kafka.topic(name=topic)
    kafka.put(topic, b"new 0", b"new 1", b"new 2")
    with pytest.raises(ConnectorError, match="deleted and made again"):
        land(connector, dataset(topic), memory)
    taken = land(connector, dataset(topic, on_loss="go_on"), memory)
    assert read(taken) == ["new 0", "new 1", "new 2"]
    assert land(connector, dataset(topic), memory) == []


def test_a_partition_that_is_shorter_than_what_was_read_is_told(connector, topic):
    memory = Memory()
    land(connector, dataset(topic), memory)
    memory.state = memory.state.replace('"0": 5', '"0": 9')
    with pytest.raises(ConnectorError, match="partition 0 ends at 5, but was read up to 9"):
        land(connector, dataset(topic), memory)
    assert land(connector, dataset(topic, on_loss="go_on"), memory) == []


def test_another_topic_begins_at_its_own_start_and_the_first_one_may_come_back(kafka, connector, topic):
    memory, other = Memory(), kafka.topic()
    kafka.put(other, b"other")
    assert len(read(land(connector, dataset(topic), memory))) == 5
    assert read(land(connector, dataset(other), memory)) == ["other"]
    assert len(read(land(connector, dataset(topic), memory))) == 5
