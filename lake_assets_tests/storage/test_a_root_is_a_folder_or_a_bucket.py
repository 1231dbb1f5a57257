import pytest

from lake_assets.errors import SettingsError
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.storage.lakes import FLIGHTS


def root_of(text):
    return LakeRoot.of(Settings.from_environment(text))


def test_a_folder(tmp_path):
    root = root_of(str(tmp_path))
    assert (root.is_local, root.table_uri(FLIGHTS)) == (True, f"{tmp_path}/trusted/flights")


@pytest.mark.parametrize("uri", ["s3://bucket", "s3://bucket/deep/lake"])
def test_a_bucket_or_a_prefix_in_it(uri):
    root = root_of(f"{uri}/")
    assert (root.is_local, root.table_uri(FLIGHTS)) == (False, f"{uri}/trusted/flights")


def test_nothing_else():
    with pytest.raises(SettingsError, match="gs://bucket") as caught:
        root_of("gs://bucket")
    assert caught.value.place == "LAKE_ROOT"


def test_secrets_are_not_shown():
    assert "hidden" not in repr(LakeRoot("s3://bucket", {"aws_secret_access_key": "hidden"}))


def test_a_lake_can_be_a_whole_bucket(s3_root, bucket):
    whole = LakeRoot(f"s3://{bucket}", s3_root.storage_options)
    with whole.files.create("lake/a.bin") as stream:
        stream.write(b"x")
    assert [entry.path for entry in whole.files.list("")] == ["lake/a.bin"]
    assert [entry.path for entry in s3_root.files.list("")] == ["a.bin"]
