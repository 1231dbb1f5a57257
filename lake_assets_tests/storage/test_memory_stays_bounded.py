"""Two gigabytes of rows pass through a process that holds less than half of them at any time."""

import subprocess

import pytest

from lake_assets.storage.root import LakeRoot
from lake_assets_tests.storage.lakes import start, told

CAP_MB = 1000


@pytest.fixture(scope="module")
def large_root(tmp_path_factory):
    root = LakeRoot(str(tmp_path_factory.mktemp("large") / "lake"))
    assert start("writes_much", told(root), "prepare", stdout=subprocess.DEVNULL).wait() == 0
    return root


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize("work", ["write", "split", "merge", "merge_files"])
def test_while_rows_stream(large_root, work):
    with start("writes_much", told(large_root), work, stdout=subprocess.PIPE) as worker:
        said, _ = worker.communicate()
    assert worker.returncode == 0
    assert int(said) < CAP_MB
