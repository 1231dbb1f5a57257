"""A root in an S3 bucket: governance is recorded and made again, and the catalogue is searched, as on a disk."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from lake_assets.catalog import rebuilt_artefacts
from lake_assets.cli.commands import main
from lake_assets_tests.catalog.conftest import BIKES, TABLE
from lake_assets_tests.flow.a_lake import ALake

pytestmark = pytest.mark.heavy


@pytest.fixture
def a_lake(s3_options, tmp_path, monkeypatch):
    import boto3

    url = s3_options["aws_endpoint_url"]
    access = {"LAKE_S3_ENDPOINT": url, "LAKE_S3_REGION": "us-east-1", "LAKE_S3_KEY_ID": "lake"}
    for name, value in {**access, "LAKE_S3_SECRET": "any", "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    bucket = f"lake-{uuid4()}"
    store = boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="lake", aws_secret_access_key="any"
    )
    store.create_bucket(Bucket=bucket)
    store.close()
    return ALake(tmp_path, root=f"s3://{bucket}/lake", s3_options=s3_options)


def _rows(a_lake):
    names = [each.name for each in rebuilt_artefacts()]
    there = [name for name in names if a_lake.find(f"governance.{name}")]
    return {name: sorted(map(str, a_lake.rows(f"governance.{name}"))) for name in there}


def test_recorded_made_again_and_searched(a_lake):
    a_lake.declare(BIKES)
    a_lake.declare_table("paid", TABLE)
    a_lake.drop("0.csv", "id,rider,price\n0,ann,2.5\n77,bob,1\n")
    a_lake.ingest_whole()
    a_lake.lake.record()
    before, versions = _rows(a_lake), a_lake.versions()
    a_lake.lake.record()
    assert a_lake.versions() == versions
    assert before.keys() >= {"processed_files", "runs", "quality_rules", "processed_elements"}
    for name in before:
        a_lake.lake.root.files.delete_folder(f"governance/{name}")
    a_lake.lake.rebuild()
    assert _rows(a_lake) == before
    options = ["--root", a_lake.root, "--defs", str(a_lake.folder / "defs")]
    for _ in range(2):
        asked = CliRunner().invoke(main, ["search", "price", "--json", *options], catch_exceptions=False)
        refs = [each["ref"] for each in json.loads(asked.stdout)["found"]]
        assert {"exploitation.paid.price", "trusted.bikes.price"} <= set(refs[:3])
