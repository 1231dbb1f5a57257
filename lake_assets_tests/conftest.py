"""What tests of every room share."""

from collections.abc import Iterator

import pytest
from _pytest.fixtures import FixtureDef

from lake_assets_tests.s3_store import options_of, s3_store


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadgroup`: tests of a file that share what one of them makes stay together, others go anywhere."""
    for item in items:
        if isinstance(item, pytest.Function) and any(map(_is_shared, _fixtures(item))):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def _fixtures(item: pytest.Function) -> Iterator[FixtureDef[object]]:
    for found in item._fixtureinfo.name2fixturedefs.values():
        yield from found


def _is_shared(fixture: FixtureDef[object]) -> bool:
    return fixture.scope != "function" and fixture.baseid.startswith("lake_assets_tests")


@pytest.fixture(scope="session")
def store_port() -> Iterator[int]:
    """Where an S3 store on this machine listens."""
    with s3_store() as port:
        yield port


@pytest.fixture(scope="session")
def s3_options(store_port: int) -> dict[str, str]:
    """How a lake in that store is reached; each test makes a bucket of its own."""
    return options_of(store_port)
