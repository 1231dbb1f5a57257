"""Lakes that know a person: one that is filled once, and copies of it to be worked on."""

import pytest

from lake_assets_tests.erasure.people import KEY, fill
from lake_assets_tests.flow.a_lake import ALake


@pytest.fixture(scope="module", autouse=True)
def key():
    """The key of the pseudonyms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKE_PSEUDONYM_KEY", KEY)
        yield


@pytest.fixture(scope="module")
def filled(key, tmp_path_factory):
    """Filled once for the tests of a file, which leave it as it is."""
    return fill(ALake(tmp_path_factory.mktemp("filled")))


@pytest.fixture
def peopled(filled, tmp_path):
    """A copy of its own."""
    return filled.copied_to(tmp_path / "copy")


@pytest.fixture
def a_lake(tmp_path):
    """One without anything."""
    return ALake(tmp_path)
