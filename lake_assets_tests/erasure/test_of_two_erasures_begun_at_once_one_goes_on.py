"""Processes that begin to erase at the same instant: one goes on, the others are told who does; on disk and on S3."""

import json
import platform

import pytest

from lake_assets.erasure import claimed
from lake_assets.errors import StorageError
from lake_assets_tests.erasure.claimer import Claimer
from lake_assets_tests.storage import conftest as stores
from lake_assets_tests.storage.meddler import Fate

ROUNDS = 12
RACERS = 2

bucket, meddler = stores.bucket, stores.meddler
local_root, s3_root, root, meddled_root = stores.local_root, stores.s3_root, stores.root, stores.meddled_root


@pytest.fixture
def racers(root):
    started = [Claimer(root) for _ in range(RACERS)]
    assert [racer.said() for racer in started] == ["ready"] * RACERS
    yield started
    assert [racer.end() for racer in started] == [0] * RACERS


def _raced(racers):
    """What each said when all were told at once."""
    for racer in racers:
        racer.tell()
    said = [racer.said() for racer in racers]
    for racer in racers:
        racer.tell()
    assert [racer.said() for racer in racers] == ["is over"] * len(racers)
    return said


def _leave_stale(root, number):
    """The claim of an erasure whose process is gone."""
    said = {"host": platform.node(), "process": 2**22 + 1, "at": "2024-05-01T00:00:00+00:00"}
    root.files.claim(f"erasure_claims/{number:012}", json.dumps(said).encode())


def test_whatever_was_left_there(root, racers):
    for number in range(ROUNDS):
        if number % 2:
            _leave_stale(root, 100 * number)
        said = _raced(racers)
        assert said.count("goes on") == 1
        winner = racers[said.index("goes on")].child.pid
        refusal = f"a person is being erased by process {winner} on {platform.node()}"
        assert set(said) == {"goes on", refusal}


def test_a_claim_whose_answer_the_store_loses_is_ours(meddled_root, meddler):
    left = [Fate.ANSWER_IS_LOST]
    meddler.fate = lambda asked: left.pop() if left and "erasure_claims" in asked.path else Fate.PASSES
    refused = pytest.raises(StorageError, match="a person is being erased")
    with claimed(meddled_root), refused, claimed(meddled_root):
        pass
    assert left == []


def test_a_store_that_would_let_both_go_on_is_refused(meddled_root, meddler):
    meddler.fate = lambda _: Fate.CONDITION_IS_IGNORED
    with pytest.raises(StorageError, match="ignores If-None-Match"), claimed(meddled_root):
        pass
