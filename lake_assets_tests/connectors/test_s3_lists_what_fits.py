import time

import pytest

from lake_assets.connectors.s3 import S3
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land


def connector(bucket, **options):
    return S3(Source("s", "s3", {**bucket.options, **options}))


KEYS = ["in/a.csv", "in/a.csv.gz", "in/2024/b.csv", "in/2024/05/c d+é.csv", "in/[x].csv", "inbox.csv"]


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("", KEYS),
        ("in/", KEYS[:5]),
        ("in/a", KEYS[:2]),
        ("in/a.csv", KEYS[:2]),
        ("in/*.csv", [KEYS[0], KEYS[4]]),
        ("in/**/*.csv", [KEYS[0], *KEYS[2:5]]),
        ("in/20*/**", KEYS[2:4]),
        ("**/c*.csv", [KEYS[3]]),
        ("*.csv", ["inbox.csv"]),
        ("none/", []),
        ("${LAKE_TEST_PREFIX}/a.csv", KEYS[:2]),
    ],
)
def test_an_origin_is_a_prefix_or_a_glob_of_keys(bucket, monkeypatch, origin, expected):
    monkeypatch.setenv("LAKE_TEST_PREFIX", "in")
    for key in [*KEYS, "in/empty/", "in/2024/"]:
        bucket.put(key, key.encode())
    landed = land(connector(bucket), Dataset("d", "s", origin=origin), Memory())
    assert sorted(one.arrival.origin for one in landed) == sorted(expected)
    assert all(one.content == one.arrival.origin.encode() for one in landed)
    assert all(one.arrival.origin.endswith(one.arrival.name) for one in landed)


def test_more_objects_than_one_listing_holds_are_listed(bucket):
    bucket.store.meta.events.register("before-parameter-build.s3.ListObjectsV2", small_listing)
    for number in range(7):
        bucket.put(f"x/{number}.csv", b"1")
    arrivals = S3(Source("s", "s3", bucket.options), lambda _options: bucket.store).discover(
        Dataset("d", "s", origin="x/"), Memory()
    )
    assert [arrival.name for arrival in arrivals] == [f"{number}.csv" for number in range(7)]


def small_listing(params, **_rest):
    params["MaxKeys"] = 3


@pytest.mark.heavy  # listings tell whole seconds, so the test waits
def test_older_changes_come_first(bucket):
    for key in ("b.csv", "a.csv"):
        bucket.put(key, key.encode())
        time.sleep(1.1)  # a listing tells whole seconds
    assert contents(land(connector(bucket), Dataset("d", "s"), Memory())) == [b"b.csv", b"a.csv"]


@pytest.mark.heavy  # as above
def test_a_new_version_of_a_key_lands_and_so_does_an_old_one_that_was_put_back(bucket):
    memory, landed = Memory(), []
    for content in (b"A", b"B", b"A"):
        bucket.put("x.csv", content)
        landed += land(connector(bucket), Dataset("d", "s"), memory)
        assert land(connector(bucket), Dataset("d", "s"), memory) == []
        time.sleep(1.1)
    assert contents(landed) == [b"A", b"B", b"A"]


def test_a_client_that_is_there_already_is_used(bucket):
    bucket.put("x.csv", b"1")
    asked = []

    def made_elsewhere(options):
        asked.append(options)
        return bucket.store

    source = Source("s", "s3", {"bucket": bucket.name})
    assert contents(land(S3(source, made_elsewhere), Dataset("d", "s"), Memory())) == [b"1"]
    assert [options.bucket for options in asked] == [bucket.name]
