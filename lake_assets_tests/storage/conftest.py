"""A lake root on disk, and one in an S3 store on this machine; what the tests promise holds for both."""

import logging
from threading import Lock, Thread
from uuid import uuid4

import pytest

from lake_assets.storage.root import LakeRoot
from lake_assets_tests.storage.meddler import Meddler


@pytest.fixture(scope="session")
def store_port():
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto, turn = DomainDispatcherApplication(create_backend_app), Lock()

    def one_at_a_time(environ, start_response):
        # Moto looks whether an object is there, then puts it: of two at once both find none. A real store may not.
        with turn:
            return moto(environ, start_response)

    server = make_server("127.0.0.1", 0, one_at_a_time, threaded=True, request_handler=MotoRequestHandler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


def _options(port):
    return {
        "aws_endpoint_url": f"http://127.0.0.1:{port}",
        "aws_allow_http": "true",
        "aws_region": "us-east-1",
        "aws_access_key_id": "lake",
        "aws_secret_access_key": "any",
    }


@pytest.fixture
def bucket(store_port):
    """The name of an empty bucket."""
    from lake_assets.storage.s3_client import open_client

    name = f"bucket-{uuid4()}"
    client = open_client(_options(store_port))
    client.create_bucket(Bucket=name)
    client.close()
    return name


@pytest.fixture
def local_root(tmp_path):
    return LakeRoot(str(tmp_path / "lake"))


@pytest.fixture
def s3_root(store_port, bucket):
    return LakeRoot(f"s3://{bucket}/lake", _options(store_port))


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
    return LakeRoot(f"s3://{bucket}/lake", _options(meddler.port))
