"""While an erasure goes on no run begins and no other erasure; a claim whose process is gone holds nobody up."""

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from lake_assets.erasure import claimed
from lake_assets.errors import StorageError
from lake_assets.lake import erase_subject
from lake_assets_tests.erasure.people import DATASETS, SUBJECT

CLAIM = "erasure_claims/000000000007"


def _claim(a_lake, host, process, hours_ago):
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    said = {"host": host, "process": process, "at": at.isoformat()}
    a_lake.write(f"lake/{CLAIM}", json.dumps(said))


@pytest.fixture
def ended():
    """The id of a process that came to its end."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_run_is_refused_and_so_is_another_erasure(a_lake):
    a_lake.declare(DATASETS)
    with claimed(a_lake.lake.root):
        with pytest.raises(StorageError, match="a person is being erased by process"):
            a_lake.ingest()
        with pytest.raises(StorageError, match="a person is being erased"):
            a_lake.lake.rebuild()
        with pytest.raises(StorageError, match="a person is being erased"), claimed(a_lake.lake.root):
            pass
    assert [path for path in a_lake.paths() if not path.startswith("erasure_claims/")] == []
    a_lake.lake.steps()


def test_a_claim_goes_also_when_the_erasure_fails(a_lake):
    with pytest.raises(OSError, match="no more space"), claimed(a_lake.lake.root):
        raise OSError("no more space")
    a_lake.lake.steps()


def test_a_process_that_is_gone_holds_nobody_up(a_lake, ended):
    _claim(a_lake, platform.node(), ended, hours_ago=0)
    a_lake.lake.steps()


def test_a_claim_of_another_machine_counts_for_some_hours(a_lake, ended):
    _claim(a_lake, "elsewhere", ended, hours_ago=7)
    a_lake.lake.steps()
    _claim(a_lake, "elsewhere", ended, hours_ago=5)
    with pytest.raises(StorageError, match="on elsewhere"):
        a_lake.lake.steps()


def test_a_claim_that_cannot_be_read_holds_nobody_up(a_lake):
    a_lake.write(f"lake/{CLAIM}", "[]")
    a_lake.lake.steps()


def test_an_erasure_leaves_no_claim_that_says_anything(peopled, ended):
    _claim(peopled, platform.node(), ended, hours_ago=0)
    assert erase_subject(peopled.lake, SUBJECT, "", "ticket 7", "the officer").decision_id == 1
    (left,) = (peopled.folder / "lake/erasure_claims").iterdir()
    assert left.read_text() == "{}"
    peopled.lake.steps()


def test_a_number_is_never_taken_twice(a_lake):
    root, folder = a_lake.lake.root, a_lake.folder / "lake/erasure_claims"
    names = []
    for _ in range(3):
        with claimed(root):
            names.append(max(path.name for path in folder.iterdir()))
    assert names == sorted(set(names))
    assert [path.name for path in folder.iterdir()] == names[-1:]
