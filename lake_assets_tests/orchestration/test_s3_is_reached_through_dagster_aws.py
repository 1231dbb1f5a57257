import boto3
import pytest

from lake_assets.model import Dataset, Source
from lake_assets.orchestration.resources import S3ConnectorResource, lake_resources

BUCKET = "bikes"


class NothingKnown:
    state = ""

    def has(self, origin: str, fingerprint: str) -> bool:
        return False

    def latest_fingerprint(self, origin: str) -> str | None:
        return None


@pytest.fixture
def endpoint(s3_options: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """An S3 server with one object."""
    monkeypatch.setenv("BIKES_KEY", "key")
    monkeypatch.setenv("BIKES_SECRET", "secret")
    address = s3_options["aws_endpoint_url"]
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1",
                          aws_access_key_id="key", aws_secret_access_key="secret")  # fmt: skip
    client.create_bucket(Bucket=BUCKET)
    client.put_object(Bucket=BUCKET, Key="hires/a.csv", Body=b"hire_id\n1\n")
    return address


def test_the_resource_lists_what_the_bucket_holds(endpoint: str) -> None:
    options = {"bucket": BUCKET, "endpoint_url": endpoint, "region": "us-east-1",
               "key_id_env": "BIKES_KEY", "secret_env": "BIKES_SECRET"}  # fmt: skip
    source = Source("bikes", "s3", options)
    found = (
        S3ConnectorResource()
        .open(source)
        .discover(Dataset("hires", "bikes", origin="hires/*.csv"), NothingKnown())
    )
    assert [arrival.origin for arrival in found] == ["hires/a.csv"]


def test_every_kind_of_connector_is_a_resource() -> None:
    assert {"lake", "filesystem", "http", "rest", "s3"} <= set(lake_resources())
