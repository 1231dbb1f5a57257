"""Where keys ascend, a listing begins after the last key that landed; what failed or came late is not passed over."""

import json

import pytest

from lake_assets.connectors.s3 import S3
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land
from lake_assets_tests.connectors.open_store import OpenStore

DATASET = Dataset("d", "s", origin="in/*.csv")


class Ascending:
    """A connector whose listings are counted, with where each of them began."""

    def __init__(self, bucket):
        self.bucket, self.begun = bucket, []
        bucket.store.meta.events.register("provide-client-params.s3.ListObjectsV2", self._note)

    def _note(self, params, **_rest):
        if params.get("Bucket") == self.bucket.name:
            self.begun.append(params.get("StartAfter", ""))

    def connector(self, ascending=True):
        options = {**self.bucket.options, "ascending": ascending}
        return S3(Source("s", "s3", options), lambda _options: OpenStore(self.bucket.store))


@pytest.fixture
def ascending(bucket):
    return Ascending(bucket)


def put(bucket, *numbers):
    for number in numbers:
        bucket.put(f"in/{number}.csv", number.encode())


def test_the_next_listing_begins_after_the_last_key(ascending, bucket):
    memory = Memory()
    put(bucket, "1", "2")
    assert contents(land(ascending.connector(), DATASET, memory)) == [b"1", b"2"]
    put(bucket, "3")
    assert contents(land(ascending.connector(), DATASET, memory)) == [b"3"]
    assert land(ascending.connector(), DATASET, memory) == []
    assert ascending.begun == ["", "in/2.csv", "in/3.csv"]


def test_objects_come_in_the_order_of_their_keys(ascending, bucket):
    put(bucket, "2", "é", "1", "10")
    assert contents(land(ascending.connector(), DATASET, Memory())) == [
        b"1",
        b"10",
        b"2",
        "é".encode(),
    ]


def test_a_look_that_is_killed_goes_on(ascending, bucket):
    memory = Memory()
    put(bucket, "1", "2", "3")
    assert contents(land(ascending.connector(), DATASET, memory, at_most=2)) == [b"1", b"2"]
    assert contents(land(ascending.connector(), DATASET, memory)) == [b"3"]


def test_what_failed_is_not_passed_over(ascending, bucket):
    memory = Memory()
    put(bucket, "1", "2", "3")
    for arrival in ascending.connector().discover(DATASET, memory):
        if arrival.origin == "in/2.csv":
            bucket.put("in/2.csv", b"changed meanwhile")
            with pytest.raises(ConnectorError):
                fetched(arrival)
        else:
            memory.note(fetched(arrival))
    assert contents(land(ascending.connector(), DATASET, memory)) == [b"changed meanwhile"]
    assert ascending.begun == ["", "in/1.csv"]


def test_what_came_late_is_found_when_all_is_listed_again(ascending, bucket):
    memory = Memory()
    put(bucket, "2")
    land(ascending.connector(), DATASET, memory)
    put(bucket, "1")
    assert land(ascending.connector(), DATASET, memory) == []
    memory.state = json.dumps(json.loads(memory.state) | {"listed": "2026-01-01T00:00:00+00:00"})
    assert contents(land(ascending.connector({"relist": "6h"}), DATASET, memory)) == [b"1"]


def test_it_does_not_go_with_a_queue(bucket):
    with pytest.raises(DeclarationError, match="declare one of them"):
        S3(Source("s", "s3", {**bucket.options, "ascending": True, "notifications": "q"}))
