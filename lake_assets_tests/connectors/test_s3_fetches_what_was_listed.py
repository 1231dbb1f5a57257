import pytest

from lake_assets.connectors.s3 import S3
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land
from lake_assets_tests.connectors.servers import Answer, scripted

DATASET = Dataset("d", "s")


def connector(bucket):
    return S3(Source("s", "s3", bucket.options))


def test_an_object_that_changed_since_it_was_listed_is_left_for_the_next_look(bucket):
    bucket.put("a.csv", b"old")
    bucket.put("b.csv", b"other")
    memory = Memory()
    arrivals = connector(bucket).discover(DATASET, memory)
    first = next(arrivals)
    bucket.put("a.csv", b"new")
    with pytest.raises(ConnectorError, match="PreconditionFailed") as caught:
        fetched(first)
    assert "key a.csv" in caught.value.place
    assert "the next look takes the new version" in caught.value.mend
    memory.note(fetched(next(arrivals)))
    arrivals.close()
    assert contents(land(connector(bucket), DATASET, memory)) == [b"new"]


def test_an_object_that_is_gone_is_an_error_of_its_own(bucket):
    bucket.put("a.csv", b"1")
    bucket.put("b.csv", b"2")
    arrivals = connector(bucket).discover(DATASET, Memory())
    first = next(arrivals)
    bucket.store.delete_object(Bucket=bucket.name, Key="a.csv")
    with pytest.raises(ConnectorError, match="NoSuchKey"):
        fetched(first)
    assert fetched(next(arrivals)).content == b"2"
    arrivals.close()


LISTING = """<?xml version="1.0"?><ListBucketResult><Name>x</Name><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>
<Contents><Key>a.csv</Key><LastModified>2024-05-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag>
<Size>10</Size></Contents></ListBucketResult>"""


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(b"1" * 10, sent_bytes=5), "the object is cut"),
        (Answer(b"1" * 9), "the object has 9 bytes, 10 were listed"),
        (Answer(b"1" * 10, sent_bytes=5, pause_s=1), "the store cannot be reached"),
    ],
    ids=["cut", "short", "stalled"],
)
def test_an_object_that_is_not_whole_is_refused(monkeypatch, answer, what):
    monkeypatch.setenv("LAKE_TEST_SECRET", "any-secret")
    options = {"bucket": "x", "region": "us-east-1", "timeout_s": 0.5, "retries": 0}
    credentials = {"key_id_env": "LAKE_TEST_SECRET", "secret_env": "LAKE_TEST_SECRET"}
    with scripted(lambda asked: Answer(LISTING.encode()) if "list-type" in asked.query else answer) as store:
        source = Source("s", "s3", {**options, **credentials, "endpoint_url": store.url})
        with pytest.raises(ConnectorError, match=what) as caught:
            land(S3(source), DATASET, Memory())
    assert "key a.csv" in caught.value.place
    assert caught.value.mend
