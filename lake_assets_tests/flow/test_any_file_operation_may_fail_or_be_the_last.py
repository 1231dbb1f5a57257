"""Each file operation of an ingest fails once, or is the last before a SIGKILL; a rerun ends in the same tables.

Operations are alike when they do the same to a file of the same name but for ids, hashes and numbers; of those alike,
one is drawn. Only those that write can be the last: what is on disk does not change between two of them. With
LAKE_EVERY_OPERATION=1 none is left out: that takes an hour.
"""

import os
import random
import re
import shutil

import pytest

from lake_assets_tests.flow.forks import Forks, Manner, built_faults
from lake_assets_tests.flow.months import begun_lake
from lake_assets_tests.flow.twins import contents, landed

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(4 * 3600)]

WRITING = {"create", "write", "fsync", "link", "linkat", "rename", "mkdir", "unlink", "unlinkat", "rmdir"}
DRAWN = {Manner.FAILS: 25, Manner.KILLED: 25}
"""How many are drawn of those that are not alike; every one that writes comes before any that reads."""
NUMBERS = re.compile(r"[0-9a-f]{16,}|\d+")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def forks(folder):
    with Forks(faults=built_faults(folder)) as forks:
        yield forks


@pytest.fixture(scope="module")
def begun(folder):
    return begun_lake(folder / "begun")


@pytest.fixture(scope="module")
def undisturbed(begun, folder, forks):
    """The twin to which nothing happens, and its file operations."""
    twin = begun.copied_to(folder / "undisturbed")
    return twin, forks.operations(twin.folder, folder / "operations")


def chosen(operations, manner):
    """The operations at which something is to happen."""
    if manner is Manner.KILLED:
        operations = [each for each in operations if each.name in WRITING]
    if os.environ.get("LAKE_EVERY_OPERATION"):
        return operations
    groups = {}
    for each in operations:
        groups.setdefault((each.name, NUMBERS.sub("#", each.path)), []).append(each)
    chance = random.Random(int(manner))
    drawn = [chance.choice(alike) for alike in groups.values()]
    chance.shuffle(drawn)
    return sorted(drawn, key=lambda each: each.name not in WRITING)[: DRAWN[manner]]


@pytest.mark.parametrize("manner", Manner, ids=lambda manner: manner.name.lower())
def test_a_rerun_ends_in_the_same_tables(manner, begun, undisturbed, folder, forks):
    calm, operations = undisturbed
    assert {each.name for each in operations} >= WRITING
    expected, files, landed_bytes = contents(calm), landed(calm), sorted(calm.landed_bytes().values())
    met, at = 0, chosen(operations, manner)
    for operation in at:
        twin = begun.copied_to(folder / "twin")
        seen = forks.meet(twin.folder, operation.number, manner, folder / "met")
        met += len(seen) >= operation.number
        twin.ingest_whole()
        found = contents(twin)
        assert found.keys() == expected.keys(), operation
        assert [name for name in found if not found[name].equals(expected[name])] == [], operation
        assert landed(twin) == files, operation
        assert sorted(twin.landed_bytes().values()) == landed_bytes, operation
        assert [path for path in twin.paths() if path.startswith("temporary_landing")] == [], operation
        assert not twin.ingest_whole().is_changed, operation
        shutil.rmtree(twin.folder)
    assert met > 0.9 * len(at), "it must happen while it works"
