"""With its root in a bucket nothing of the person is left in any object either, and the others are the same."""

import boto3
import pytest

from lake_assets.lake import erase_subject, look_for_subject
from lake_assets.site import write_site
from lake_assets_tests.erasure.people import SUBJECT, fill, places_of
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.flow.twins import contents

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def options(s3_options):
    """Access to an S3 store on this machine."""
    return s3_options


@pytest.fixture(scope="module")
def store(options):
    store = boto3.client(
        "s3",
        endpoint_url=options["aws_endpoint_url"],
        region_name="us-east-1",
        aws_access_key_id="lake",
        aws_secret_access_key="any",
    )
    store.create_bucket(Bucket="people")
    yield store
    store.close()


def _downloaded(store, folder):
    """Every object as a file, to be searched."""
    for page in store.get_paginator("list_objects_v2").paginate(Bucket="people"):
        for found in page.get("Contents", []):
            path = folder / found["Key"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.get_object(Bucket="people", Key=found["Key"])["Body"].read())
    return folder


def test_nothing_is_left_and_the_others_are_there(options, store, filled, tmp_path):
    on_s3 = fill(ALake(tmp_path / "s3", "s3://people/lake", options))
    told = look_for_subject(on_s3.lake, SUBJECT)
    assert told.touched == look_for_subject(filled.lake, SUBJECT).touched
    assert places_of(_downloaded(store, tmp_path / "before"), SUBJECT)
    assert write_site(on_s3.lake.root, on_s3.lake.declarations).changed
    before = contents(on_s3)
    done = erase_subject(on_s3.lake, SUBJECT, "", "ticket 7", "the officer")
    assert (done.records, done.proof.remains, done.failures, done.decision_id) == (8, (), (), 1)
    assert places_of(_downloaded(store, tmp_path / "after"), "lovelace") == []
    assert list(on_s3.lake.root.files.list("docs")) == []
    after = contents(on_s3)
    assert {name: rows.height for name, rows in after.items()} == {
        **{name: rows.height for name, rows in before.items()},
        "formatted.riders": 4,
        "trusted.riders": 3,
        "quarantine.riders": 1,
        "formatted.hires": 3,
        "trusted.hires": 3,
        "quarantine.hires": 0,
        "exploitation.riders_by_city": 3,
    }
    assert not on_s3.ingest_whole().is_changed
