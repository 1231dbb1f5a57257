"""The whole flow with its root in an S3 bucket: the same tables, the same landed bytes, the same second run."""

from uuid import uuid4

import pytest

from lake_assets.errors import ConnectorError, StorageError
from lake_assets.lake import write_docs
from lake_assets.search import SITE_FOLDER, site_made_of, stamped_files
from lake_assets.site import INDEX, write_site
from lake_assets_tests.flow.a_lake import PERSISTENT, ALake
from lake_assets_tests.flow.bad_files import GOOD, WHOLE
from lake_assets_tests.flow.months import corrected, declare, months
from lake_assets_tests.flow.twins import contents, landed

pytestmark = pytest.mark.heavy

SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {{kind: s3, bucket: {bucket}, endpoint_url: "{url}", key_id_env: A_KEY, secret_env: A_SECRET}}
  datasets:
    bikes: {{from: "bikes/*.csv", key: [bike_id]}}
"""


@pytest.fixture(scope="module")
def options(s3_options):
    """Access to an S3 store on this machine."""
    return s3_options


@pytest.fixture(scope="module")
def store(options):
    import boto3

    store = boto3.client(
        "s3",
        endpoint_url=options["aws_endpoint_url"],
        region_name="us-east-1",
        aws_access_key_id="lake",
        aws_secret_access_key="any",
    )
    yield store
    store.close()


@pytest.fixture(scope="module")
def bucket(store):
    name = f"lake-{uuid4()}"
    store.create_bucket(Bucket=name)
    return name


@pytest.fixture(scope="module")
def twins(bucket, options, tmp_path_factory):
    """A lake on disk and one on S3 that were given the same files."""
    lakes = (
        ALake(tmp_path_factory.mktemp("disk")),
        ALake(tmp_path_factory.mktemp("s3"), f"s3://{bucket}/lake", options),
    )
    for a_lake in lakes:
        _fill(a_lake)
    return lakes


def _fill(a_lake):
    declare(a_lake)
    files = months(3, rows=10)
    for number, content in enumerate(files[:4]):
        a_lake.drop(f"flights/{number}.csv", content)
    for case in WHOLE:
        a_lake.drop(f"flights/{case.name}", case.content)
    a_lake.ingest_whole()
    a_lake.drop("flights/1.csv", corrected(files[1], 5))
    a_lake.drop("flights/again.csv", files[2])
    a_lake.drop("flights/ragged.csv", files[5] + b"too,short\n")
    a_lake.ingest_whole()


def test_every_table_has_the_same_rows(twins):
    disk, s3 = map(contents, twins)
    assert disk.keys() == s3.keys()
    assert [name for name in disk if not disk[name].equals(s3[name])] == []


def test_landing_holds_the_same_bytes(twins):
    disk, s3 = twins
    assert sorted(s3.landed_bytes().values()) == sorted(disk.landed_bytes().values())
    assert landed(s3) == landed(disk)
    assert s3.landed_bytes().keys() == {path for (path,) in s3.rows("governance.processed_files", "path")}


def test_a_second_run_changes_no_object(twins, store, bucket):
    _, s3 = twins
    before = {found["Key"]: found["ETag"] for found in _objects(store, bucket)}
    assert not s3.ingest_whole().is_changed
    after = {found["Key"]: found["ETag"] for found in _objects(store, bucket)}
    assert after == before
    assert any(key.startswith(f"lake/{PERSISTENT}/") for key in after)
    assert not any(key.startswith("lake/temporary_landing/") for key in after)


def test_its_site_has_the_same_pages_and_is_written_once(twins, store, bucket):
    disk, s3 = (each.lake for each in twins)
    written = [write_site(each.root, each.declarations) for each in (disk, s3)]
    assert written[0].changed == written[1].changed
    assert f"lake/{INDEX}" in {found["Key"] for found in _objects(store, bucket)}
    assert write_site(s3.root, s3.declarations).changed == ()


def test_its_site_is_known_to_say_all_already(twins, store, bucket):
    opened = twins[1].lake
    files = write_docs(opened).files
    made = site_made_of(opened.root, opened.settings.defs)
    assert stamped_files(opened.root.files, SITE_FOLDER, made) == files
    store.delete_object(Bucket=bucket, Key=f"lake/{INDEX}")
    assert stamped_files(opened.root.files, SITE_FOLDER, made) is None
    assert write_docs(opened).changed == ("index.html",)


def _objects(store, bucket):
    pages = store.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return [found for page in pages for found in page.get("Contents", [])]


@pytest.fixture
def from_s3(a_lake, options, monkeypatch):
    """A lake with a source in a bucket of the store."""
    monkeypatch.setenv("A_KEY", "lake")
    monkeypatch.setenv("A_SECRET", "any")

    def source(bucket):
        declared = SOURCE.format(bucket=bucket, url=options["aws_endpoint_url"])
        a_lake.write("defs/city/defs.yaml", declared)
        return a_lake

    return source


def test_objects_are_ingested(from_s3, store, bucket):
    store.put_object(Bucket=bucket, Key="bikes/a.csv", Body=GOOD)
    a_lake = from_s3(bucket)
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "bike_id") == [(1,), (2,)]


def test_a_wrong_bucket_is_told(from_s3):
    (failure,) = from_s3("no-such-bucket").ingest().failures
    assert isinstance(failure.error, ConnectorError)
    assert "no-such-bucket" in str(failure.error)
    assert failure.error.mend


def test_a_root_in_a_wrong_bucket_is_told(from_s3, store, bucket, options):
    store.put_object(Bucket=bucket, Key="bikes/a.csv", Body=GOOD)
    a_lake = from_s3(bucket)
    a_lake.root, a_lake.s3_options = "s3://no-such-bucket/lake", options
    with pytest.raises(StorageError, match="no-such-bucket") as caught:
        a_lake.ingest()
    assert caught.value.mend
