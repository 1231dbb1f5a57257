import pytest

from lake_assets.errors import StorageError
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.s3_client import open_client
from lake_assets.storage.table import find_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame
from lake_assets_tests.storage.meddler import Fate


def create(files):
    with files.create("a.bin") as stream:
        stream.write(b"bytes")


CALLS = {
    "create": create,
    "open": lambda files: files.open("a.bin").__enter__(),
    "tail": lambda files: files.tail("a.bin", 4),
    "list": lambda files: list(files.list("a")),
    "folders": lambda files: list(files.folders("a")),
    "delete": lambda files: files.delete(["a.bin"]),
    "delete_folder": lambda files: files.delete_folder("a"),
    "claim": lambda files: files.claim("a.bin"),
}


@pytest.fixture
def no_bucket(s3_root):
    return LakeRoot("s3://no-such-bucket/lake", s3_root.storage_options)


@pytest.mark.parametrize("call", CALLS)
def test_by_every_call(no_bucket, call):
    with pytest.raises(StorageError, match="bucket does not exist") as caught:
        CALLS[call](no_bucket.files)
    assert "LAKE_S3_ENDPOINT" in caught.value.mend


def test_by_a_table_that_is_looked_for(no_bucket):
    with pytest.raises(StorageError, match="S3") as caught:
        find_table(no_bucket, FLIGHTS)
    assert "no-such-bucket" in caught.value.place
    assert "\n" not in caught.value.what


def test_nobody_answers(bucket):
    options = {
        "aws_endpoint_url": "http://127.0.0.1:9",
        "aws_access_key_id": "lake",
        "aws_secret_access_key": "secret-of-the-lake",
    }
    with pytest.raises(StorageError, match="refuses") as caught:
        LakeRoot(f"s3://{bucket}/lake", options).files.tail("a.bin", 4)
    assert "secret-of-the-lake" not in str(caught.value)


def test_one_object_that_may_not_be_deleted(s3_root, monkeypatch):
    client = s3_root.files._client
    answer = {"Errors": [{"Key": "lake/a.bin", "Code": "AccessDenied", "Message": "Access Denied"}]}
    monkeypatch.setattr(client, "delete_objects", lambda **_: answer)
    with pytest.raises(StorageError, match="1 objects cannot be deleted: Access Denied") as caught:
        s3_root.files.delete(["a.bin"])
    assert caught.value.place == "lake/a.bin"


def test_a_stream_that_ends_early(meddled_root, meddler):
    create(meddled_root.files)
    meddler.fate = lambda asked: Fate.BODY_IS_CUT if asked.method == "GET" else Fate.PASSES
    with pytest.raises(StorageError), meddled_root.files.open("a.bin") as stream:
        stream.read()


def test_a_commit_that_reads_no_footer_leaves_no_files(meddled_root, meddler):
    meddler.fate = lambda asked: Fate.FAILS if asked.range else Fate.PASSES
    with pytest.raises(StorageError):
        add(meddled_root, frame(n=[1]))
    assert list(meddled_root.files.list("")) == []


@pytest.mark.parametrize(
    ("options", "style"), [({"aws_endpoint_url": "http://minio.example"}, "path"), ({}, "auto")]
)
def test_a_store_of_ones_own_is_asked_by_path_as_the_writers_do(options, style):
    client = open_client({**options, "aws_region": "eu-west-1"})
    assert client.meta.config.s3["addressing_style"] == style
