"""What tests of every room share."""

from collections.abc import Iterator

import pytest
from xdist.remote import Producer

from lake_assets_tests.s3_store import options_of, s3_store
from lake_assets_tests.spreading import ByWhatIsShared


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByWhatIsShared | None:
    """With `--dist loadscope`."""
    return ByWhatIsShared(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def store_port() -> Iterator[int]:
    """Where an S3 store on this machine listens."""
    with s3_store() as port:
        yield port


@pytest.fixture(scope="session")
def s3_options(store_port: int) -> dict[str, str]:
    """How a lake in that store is reached; each test makes a bucket of its own."""
    return options_of(store_port)
