"""Servers that a session starts once."""

from uuid import uuid4

import pytest


@pytest.fixture(scope="session")
def s3_url(store_port):
    """The address of an object store on this machine."""
    return f"http://127.0.0.1:{store_port}"


@pytest.fixture
def bucket(s3_url, monkeypatch, tmp_path):
    """An empty bucket, with its credentials in the environment."""
    import boto3
    from botocore.config import Config

    monkeypatch.setenv("LAKE_TEST_KEY_ID", "lake")
    monkeypatch.setenv("LAKE_TEST_SECRET", "s3cr3t-of-the-tests")
    store = boto3.client(
        "s3",
        endpoint_url=s3_url,
        region_name="us-east-1",
        aws_access_key_id="lake",
        aws_secret_access_key="any",
        config=Config(s3={"addressing_style": "path"}),
    )
    name = f"bucket-{uuid4()}"
    store.create_bucket(Bucket=name)
    yield Bucket(s3_url, name, store)
    store.close()


class Bucket:
    """A bucket and how to write to it."""

    def __init__(self, url, name, store):
        self.name = name
        self.store = store
        self.options = {
            "bucket": name,
            "endpoint_url": url,
            "region": "us-east-1",
            "key_id_env": "LAKE_TEST_KEY_ID",
            "secret_env": "LAKE_TEST_SECRET",
        }

    def put(self, key, content):
        self.store.put_object(Bucket=self.name, Key=key, Body=content)


@pytest.fixture(scope="session")
def kafka(tmp_path_factory):
    """A Kafka broker on this machine."""
    from lake_assets_tests.connectors.kafka_broker import broker

    with broker(tmp_path_factory.mktemp("kafka")) as started:
        yield started


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A PostgreSQL server on this machine."""
    from lake_assets_tests.connectors.postgres_server import postgres_server

    with postgres_server() as started:
        yield started


@pytest.fixture(scope="session")
def sshd(tmp_path_factory):
    """An SFTP server on this machine."""
    from lake_assets_tests.connectors.sftp_server import sftp_server

    with sftp_server(tmp_path_factory.mktemp("sshd")) as started:
        yield started
