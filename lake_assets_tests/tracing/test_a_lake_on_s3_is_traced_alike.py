"""Versions and traces of a lake in an S3 bucket are those of one in a folder."""

from uuid import uuid4

import pytest

from lake_assets.errors import StorageError
from lake_assets.tracing import Exactness, Fate
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.tracing.conftest import DATASETS, FILES, LATER, TABLES

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def on_s3(s3_options, tmp_path_factory):
    import boto3

    url = s3_options["aws_endpoint_url"]
    access = {"aws_access_key_id": "lake", "aws_secret_access_key": "any"}
    bucket = f"lake-{uuid4().hex[:8]}"
    boto3.client("s3", endpoint_url=url, region_name="us-east-1", **access).create_bucket(Bucket=bucket)
    lake = ALake(tmp_path_factory.mktemp("s3"), root=f"s3://{bucket}/lake", s3_options=s3_options)
    lake.declare(DATASETS)
    lake.declare_table("takings", TABLES["takings"])
    for files in (FILES, LATER):
        for name, text in files.items():
            lake.drop(name, text)
        lake.ingest_whole()
    return lake


def test_a_number_is_traced_to_its_records(on_s3):
    (found,) = on_s3.lake.trace("exploitation.takings", "takings > 100")
    hires, _ = found.making.inputs
    assert found.making.exactness is Exactness.EXACT
    assert [each.record.text for each in hires.first] == ["1,2.5, a1 ,", "2,400,a1,too long a note"]


def test_what_became_of_a_record_is_told(on_s3):
    assert [each.fate for each in on_s3.lake.why_rows("trusted.hires", "hire_id = 4")] == [
        Fate.STANDS,
        Fate.SUPERSEDED,
    ]
    assert on_s3.lake.why("trusted.hires", "price").nulls == 1


def test_versions_are_told_and_held_against_each_other(on_s3):
    assert [each.rows for each in on_s3.lake.history("trusted.hires")] == [4, 4]
    found = on_s3.lake.diff("trusted.hires", 0)
    assert (found.added, found.removed, found.changed) == (0, 0, 1)
    assert on_s3.lake.scan("trusted.hires", version=0).collect().height == 4


def test_files_that_are_gone_are_told(on_s3):
    table = on_s3.lake.table("trusted.members", 0)
    on_s3.lake.root.files.delete([f"trusted/members/{path}" for path in table.files["path"]])
    with pytest.raises(StorageError, match="vacuumed"):
        on_s3.lake.diff("trusted.members", 0)
