"""A lake root on disk, and one in an S3 store on this machine; what the tests promise holds for both."""

from uuid import uuid4

import pytest

from lake_assets.storage.root import LakeRoot
from lake_assets_tests.s3_store import options_of
from lake_assets_tests.storage.meddler import Meddler


@pytest.fixture
def bucket(store_port):
    """The name of an empty bucket."""
    from lake_assets.storage.s3_client import open_client

    name = f"bucket-{uuid4()}"
    client = open_client(options_of(store_port))
    client.create_bucket(Bucket=name)
    client.close()
    return name


@pytest.fixture
def local_root(tmp_path):
    return LakeRoot(str(tmp_path / "lake"))


@pytest.fixture
def s3_root(store_port, bucket):
    return LakeRoot(f"s3://{bucket}/lake", options_of(store_port))


@pytest.fixture(params=["local", "s3"])
def root(request):
    return request.getfixturevalue(f"{request.param}_root")


@pytest.fixture
def meddler(store_port):
    """A store that can be told to misbehave."""
    with Meddler(store_port) as meddler:
        yield meddler


@pytest.fixture
def meddled_root(meddler, bucket):
    return LakeRoot(f"s3://{bucket}/lake", options_of(meddler.port))
