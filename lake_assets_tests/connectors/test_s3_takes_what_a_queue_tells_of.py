"""Objects that a queue tells of land without a listing; a message goes once what it tells of is recorded."""

import json
from urllib.parse import quote_plus
from uuid import uuid4

import pytest

from lake_assets.connectors import _s3_queue, _s3_told
from lake_assets.connectors.s3 import S3
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land, land_until_refused
from lake_assets_tests.connectors.open_store import OpenStore
from lake_assets_tests.connectors.servers import unused_url

PLANES = Dataset("planes", "s", origin="planes/")
FLIGHTS = Dataset("flights", "s", origin="flights/*.csv")


class Told:
    """A queue beside a bucket, and a connector that knows both; listings are counted."""

    def __init__(self, bucket, url, client):
        self.bucket, self.client = bucket, client
        self.name = f"queue-{uuid4()}"
        self.url = client.create_queue(QueueName=self.name)["QueueUrl"]
        self.endpoint = url
        self.listings = 0
        bucket.store.meta.events.register("before-call.s3.ListObjectsV2", self._count)

    def _count(self, **_said):
        self.listings += 1

    def connector(self, queue=None, datasets=(PLANES,), **options):
        told = {"queue": queue or self.url, **options}
        return S3(Source("s", "s3", {**self.bucket.options, "notifications": told}, datasets), self._store)

    def _store(self, _options):
        return OpenStore(self.bucket.store)

    def send(self, body):
        self.client.send_message(
            QueueUrl=self.url, MessageBody=body if isinstance(body, str) else json.dumps(body)
        )

    def put(self, key, content, tell):
        self.bucket.put(key, content)
        self.send(tell(self.bucket.name, key))

    @property
    def waiting(self):
        name = "ApproximateNumberOfMessages"
        found = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])
        return int(found["Attributes"][name])


def by_s3(bucket, key):
    place = {"bucket": {"name": bucket}, "object": {"key": quote_plus(key), "size": 1, "eTag": "0"}}
    return {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": place}]}


def by_sns(bucket, key):
    return {"Type": "Notification", "TopicArn": "arn", "Message": json.dumps(by_s3(bucket, key))}


def by_eventbridge(bucket, key):
    detail = {"bucket": {"name": bucket}, "object": {"key": key, "size": 1, "etag": "0"}}
    return {"source": "aws.s3", "detail-type": "Object Created", "detail": detail}


@pytest.fixture
def told(bucket, s3_url, monkeypatch):
    import boto3

    monkeypatch.setattr(_s3_queue, "_LISTEN_S", 0)
    client = boto3.client(
        "sqs",
        endpoint_url=s3_url,
        region_name="us-east-1",
        aws_access_key_id="lake",
        aws_secret_access_key="any",
    )
    yield Told(bucket, s3_url, client)
    client.close()


@pytest.fixture
def known(told):
    """What is known after a first look, which lists the bucket."""
    memory = Memory()
    told.bucket.put("planes/first.csv", b"first")
    assert contents(land(told.connector(), PLANES, memory)) == [b"first"]
    assert told.listings == 1
    return memory


@pytest.mark.parametrize("tell", [by_s3, by_sns, by_eventbridge])
def test_an_object_that_is_told_of_lands_without_a_listing(told, known, tell):
    told.put("planes/a b+é.csv", b"second", tell)
    landed = land(told.connector(), PLANES, known)
    assert [(one.arrival.origin, one.content) for one in landed] == [("planes/a b+é.csv", b"second")]
    assert told.listings == 1
    assert land(told.connector(), PLANES, known) == []


def test_a_message_goes_only_once_its_object_is_recorded(told, known):
    told.put("planes/2.csv", b"2", by_s3)
    connector = told.connector()
    before = Memory(set(known.seen), dict(known.latest), known.state)
    assert len(land(connector, PLANES, known)) == 1
    assert connector.clear_away(PLANES, lambda: before) == []
    assert told.waiting == 1
    assert connector.clear_away(PLANES, lambda: known) == []
    assert told.waiting == 0


def test_a_death_before_it_is_recorded_costs_nothing(told, known):
    told.put("planes/2.csv", b"2", by_s3)
    forgotten = Memory(set(known.seen), dict(known.latest), known.state)
    assert contents(land(told.connector(), PLANES, forgotten)) == [b"2"]
    assert contents(land(told.connector(), PLANES, known)) == [b"2"]


def test_each_dataset_takes_its_own_and_leaves_the_messages_of_the_others(told, known):
    told.put("planes/2.csv", b"2", by_s3)
    told.put("flights/1.csv", b"3", by_eventbridge)
    connector = told.connector(datasets=(PLANES, FLIGHTS))
    land(connector, PLANES, known)
    connector.clear_away(PLANES, lambda: known)
    assert told.waiting == 1
    flights = Memory(state=known.state)
    assert contents(land(connector, FLIGHTS, flights)) == [b"3"]
    connector.clear_away(FLIGHTS, lambda: flights)
    assert told.waiting == 0


def test_what_nobody_wants_is_cleared_and_what_is_not_understood_is_told(told, known):
    told.send({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": told.bucket.name})
    told.send(by_s3("another-bucket", "planes/x.csv"))
    told.send(by_s3(told.bucket.name, "elsewhere/x.csv"))
    told.send(by_s3(told.bucket.name, "planes/gone.csv"))
    for body in ("no JSON", "[]", '{"Records": [{}]}', "7"):
        told.send(body)
    connector = told.connector()
    assert land(connector, PLANES, known) == []
    (problem,) = connector.clear_away(PLANES, lambda: known)
    assert "4 messages do not tell of objects" in problem
    assert told.waiting == 4


def test_an_object_that_was_put_again_lands_as_it_is_now(told, known):
    for content in (b"old", b"newer"):
        told.put("planes/2.csv", content, by_s3)
    connector = told.connector()
    assert contents(land(connector, PLANES, known)) == [b"newer"]
    connector.clear_away(PLANES, lambda: known)
    assert told.waiting == 0


def test_more_messages_than_one_answer_holds_are_read(told, known):
    for number in range(23):
        told.put(f"planes/{number:02}.csv", b"%d" % number, by_s3)
    connector = told.connector(queue=told.name, endpoint_url=told.endpoint)
    assert len(land(connector, PLANES, known)) == 23
    connector.clear_away(PLANES, lambda: known)
    assert told.waiting == 0
    assert told.listings == 1


def test_the_bucket_is_listed_when_the_queue_cannot_be_asked_and_that_is_told(told, known):
    told.bucket.put("planes/2.csv", b"2")
    landed, error = land_until_refused(told.connector(queue=f"{told.url}-no-such"), PLANES, known)
    assert contents(landed) == [b"2"]
    assert "queue" in error.place
    assert told.listings == 2
    dead = S3(
        Source(
            "s", "s3", {**told.bucket.options, "notifications": f"{unused_url()}/q", "retries": 0}, (PLANES,)
        ),
        told._store,
    )
    assert land_until_refused(dead, PLANES, known)[0] == []


def test_the_bucket_is_listed_when_another_holds_the_messages(told, known, monkeypatch):
    monkeypatch.setattr(_s3_told, "_PATIENCE_S", 0.2)
    told.put("planes/2.csv", b"2", by_s3)
    told.client.receive_message(QueueUrl=told.url, VisibilityTimeout=600)
    assert contents(land(told.connector(), PLANES, known)) == [b"2"]
    assert told.listings == 2


def test_messages_that_another_gives_back_are_waited_for(told, known):
    told.put("planes/2.csv", b"2", by_s3)
    told.client.receive_message(QueueUrl=told.url, VisibilityTimeout=1)
    assert contents(land(told.connector(), PLANES, known)) == [b"2"]
    assert told.listings == 1


def test_the_bucket_is_listed_again_after_a_while(told, known):
    told.bucket.put("planes/untold.csv", b"untold")
    assert land(told.connector(), PLANES, known) == []
    known.state = known.state.replace("20", "19", 1)
    assert contents(land(told.connector(), PLANES, known)) == [b"untold"]
    assert told.listings == 2


def test_without_notifications_nothing_is_cleared(bucket):
    assert S3(Source("s", "s3", bucket.options)).clear_away(PLANES, Memory) == []


def test_a_span_that_is_none_is_refused(told):
    with pytest.raises(DeclarationError, match="relist"):
        told.connector(relist="soon")
