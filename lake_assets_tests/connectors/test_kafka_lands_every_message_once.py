"""Whatever dies, races or grows: every message of a topic is one row, with its partition and offset."""

import random
import time

import pytest

from lake_assets_tests.connectors.kafka_lake import declare, die_when, kill_after, messages, racing

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

KILLED = -9


def values(first, count):
    return [b'{"id": %d}' % number for number in range(first, first + count)]


def expected(partitions, each):
    return [(partition, number, number) for partition in range(partitions) for number in range(each)]


@pytest.fixture
def topic(kafka):
    """Three partitions of twenty messages."""
    name = kafka.topic(partitions=3)
    for partition in range(3):
        kafka.put(name, *values(0, 20), partition=partition)
    return name


def test_every_message_is_a_row_with_its_place(kafka, topic, tmp_path):
    a_lake = declare(tmp_path, kafka.servers, topic)
    a_lake.ingest_whole()
    assert messages(a_lake) == expected(3, 20)
    schema = a_lake.frame("formatted.flights").schema
    kinds = {name: str(kind) for name, kind in schema.items() if not name.startswith("_")}
    assert kinds == {
        "id": "Int64",
        "kafka_partition": "Int64",
        "kafka_offset": "Int64",
        "kafka_timestamp": "Datetime(time_unit='us', time_zone='UTC')",
        "kafka_key": "String",
        "kafka_headers": "List(Struct({'name': String, 'value': String}))",
    }
    assert not a_lake.ingest_whole().is_changed
    assert kafka.committed("lake_assets.broker", topic) < 0, "nothing is committed to the broker"


@pytest.mark.parametrize("where", ["polled", "sealed", "placed", "committed"])
def test_a_kill_between_poll_and_commit_loses_and_repeats_nothing(kafka, topic, tmp_path, where):
    a_lake = declare(tmp_path, kafka.servers, topic)
    assert die_when(a_lake, where) == KILLED
    assert a_lake.count("formatted.flights") == 0
    for partition in range(3):
        kafka.put(topic, *values(20, 3), partition=partition)
    a_lake.ingest_whole()
    a_lake.ingest_whole()
    assert messages(a_lake) == expected(3, 23)
    assert a_lake.count("quarantine.flights") == 0
    assert not [path for path in a_lake.paths() if path.startswith("temporary_landing")]
    paths = {path for (path,) in a_lake.rows("governance.processed_files", "path")}
    assert a_lake.landed_bytes().keys() == paths


def test_random_kills_of_the_command_lose_and_repeat_nothing(kafka, topic, tmp_path):
    a_lake, chance, hits = declare(tmp_path, kafka.servers, topic), random.Random(7), 0
    takes_s = 60.0
    for number in range(12):
        for partition in range(3):
            kafka.put(topic, *values(20 + 5 * number, 5), partition=partition)
        began = time.monotonic()
        if kill_after(a_lake, chance.uniform(0.4, 1.1) * takes_s):
            hits += 1
        else:
            takes_s = min(takes_s, time.monotonic() - began)
    assert hits >= 4, "some kills must come while it works"
    a_lake.ingest_whole()
    a_lake.ingest_whole()
    assert messages(a_lake) == expected(3, 80)


def test_processes_that_race_land_every_message_once(kafka, topic, tmp_path):
    a_lake = declare(tmp_path, kafka.servers, topic)
    processes = racing(a_lake, 3)
    for number in range(20):
        for partition in range(3):
            kafka.put(topic, *values(20 + 3 * number, 3), partition=partition)
    assert [process.communicate(timeout=120) and process.returncode for process in processes] == [0, 0, 0]
    a_lake.ingest_whole()
    a_lake.ingest_whole()
    assert messages(a_lake) == expected(3, 80)


def test_partitions_that_are_added_are_read_from_their_beginning(kafka, topic, tmp_path):
    a_lake = declare(tmp_path, kafka.servers, topic)
    a_lake.ingest_whole()
    kafka.widen(topic, 5)
    for partition in range(3, 5):
        kafka.put(topic, *values(0, 20), partition=partition)
    a_lake.ingest_whole()
    assert messages(a_lake) == expected(5, 20)
