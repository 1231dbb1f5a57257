"""With `versions` no version of an object is missed, whatever became of it between two looks."""

import io

import pytest

from lake_assets.connectors.s3 import S3
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land

DATASET = Dataset("d", "s", origin="in/*.csv")
PART_BYTES = 5 << 20


def connector(bucket, **options):
    return S3(Source("s", "s3", {**bucket.options, **options}))


@pytest.fixture
def versioned(bucket):
    bucket.store.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    return bucket


def test_what_was_overwritten_between_two_looks_lands(versioned):
    memory = Memory()
    versioned.put("in/a.csv", b"1")
    assert contents(land(connector(versioned, versions=True), DATASET, memory)) == [b"1"]
    for content in (b"2", b"3", b"1"):
        versioned.put("in/a.csv", content)
    versioned.put("out/b.csv", b"not wanted")
    assert contents(land(connector(versioned, versions=True), DATASET, memory)) == [b"2", b"3", b"1"]
    assert land(connector(versioned, versions=True), DATASET, memory) == []


def test_what_was_deleted_since_lands(versioned):
    versioned.put("in/a.csv", b"1")
    versioned.store.delete_object(Bucket=versioned.name, Key="in/a.csv")
    assert land(connector(versioned), DATASET, Memory()) == []
    assert contents(land(connector(versioned, versions=True), DATASET, Memory())) == [b"1"]


def test_a_look_that_is_killed_goes_on(versioned):
    memory = Memory()
    for content in (b"1", b"2", b"3"):
        versioned.put("in/a.csv", content)
    assert contents(land(connector(versioned, versions=True), DATASET, memory, at_most=2)) == [b"1", b"2"]
    assert contents(land(connector(versioned, versions=True), DATASET, memory)) == [b"3"]


def test_a_bucket_without_versions_may_get_them(bucket):
    memory = Memory()
    bucket.put("in/a.csv", b"1")
    assert contents(land(connector(bucket, versions=True), DATASET, memory)) == [b"1"]
    bucket.put("in/a.csv", b"2")
    assert contents(land(connector(bucket, versions=True), DATASET, memory)) == [b"2"]
    bucket.store.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    bucket.put("in/a.csv", b"3")
    assert contents(land(connector(bucket, versions=True), DATASET, memory)) == [b"3"]


def test_a_version_that_is_removed_for_good_is_told(versioned):
    versioned.put("in/a.csv", b"1")
    arrivals = connector(versioned, versions=True).discover(DATASET, Memory())
    arrival = next(arrivals)
    (kept,) = versioned.store.list_object_versions(Bucket=versioned.name)["Versions"]
    versioned.store.delete_object(Bucket=versioned.name, Key="in/a.csv", VersionId=kept["VersionId"])
    with pytest.raises(ConnectorError, match="NoSuch") as caught:
        arrival.fetch(io.BytesIO())
    assert "in/a.csv" in caught.value.place


@pytest.mark.parametrize(
    "options", [{"ascending": True}, {"notifications": "queue"}], ids=["ascending", "queue"]
)
def test_it_does_not_go_with_what_saves_a_listing(bucket, options):
    with pytest.raises(DeclarationError, match="declare one of them"):
        connector(bucket, versions=True, **options)


@pytest.mark.parametrize("versions", [False, True], ids=["newest", "versions"])
def test_an_object_that_was_put_in_parts_lands_whole_and_once(bucket, versions):
    memory, parts = Memory(), [b"a" * PART_BYTES, b"b" * PART_BYTES, b"c"]
    place = {"Bucket": bucket.name, "Key": "in/a.csv"}
    upload = {**place, "UploadId": bucket.store.create_multipart_upload(**place)["UploadId"]}
    tags = [
        {"PartNumber": n, "ETag": bucket.store.upload_part(**upload, PartNumber=n, Body=part)["ETag"]}
        for n, part in enumerate(parts, start=1)
    ]
    assert land(connector(bucket, versions=versions), DATASET, memory) == [], (
        "it is not there before its last part"
    )
    bucket.store.complete_multipart_upload(**upload, MultipartUpload={"Parts": tags})
    (taken,) = land(connector(bucket, versions=versions), DATASET, memory)
    assert taken.content == b"".join(parts)
    assert taken.arrival.fingerprint.split()[0].endswith('-3"')
    assert land(connector(bucket, versions=versions), DATASET, memory) == []
