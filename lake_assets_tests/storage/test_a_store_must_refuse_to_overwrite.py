"""Without conditional PUT two writers that commit at once would overwrite each other: such a store is refused."""

import pytest

from lake_assets.errors import StorageError
from lake_assets.storage import probe
from lake_assets.storage.probe import require_conditional_put
from lake_assets.storage.table import find_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame, values
from lake_assets_tests.storage.meddler import Fate


def ignoring(_):
    return Fate.CONDITION_IS_IGNORED


def probes(meddler):
    return [asked.method for asked in meddler.asked if ".probe-" in asked.path]


def test_one_that_does_is_trusted(s3_root):
    require_conditional_put(s3_root)
    assert list(s3_root.files.list("")) == []


def test_one_that_does_not_is_refused_before_anything_is_committed(meddled_root, meddler):
    meddler.fate = ignoring
    with pytest.raises(StorageError, match="ignores If-None-Match") as caught:
        add(meddled_root, frame(n=[1]))
    assert caught.value.place == meddled_root.uri
    assert "conditional PUT" in caught.value.mend
    assert list(meddled_root.files.list("")) == []


def test_it_is_asked_again_until_it_does(meddled_root, meddler):
    meddler.fate = ignoring
    for _ in range(2):
        with pytest.raises(StorageError):
            require_conditional_put(meddled_root)
    meddler.fate = lambda _: Fate.PASSES
    add(meddled_root, frame(n=[1]))
    assert values(meddled_root, "n") == [1]


def test_it_is_asked_once_in_a_process(meddled_root, meddler):
    for _ in range(3):
        add(meddled_root, frame(n=[1]))
    assert probes(meddler) == ["PUT", "PUT"]


def test_reading_asks_nothing(meddled_root, meddler):
    assert find_table(meddled_root, FLIGHTS) is None
    assert probes(meddler) == []


def test_an_answer_lost_on_the_way_proves_nothing_wrong(meddled_root, meddler):
    left = [Fate.ANSWER_IS_LOST]
    meddler.fate = lambda asked: left.pop() if left and asked.method == "PUT" else Fate.PASSES
    require_conditional_put(meddled_root)


def test_a_store_that_cannot_be_reached(meddled_root, meddler):
    meddler.fate = lambda _: Fate.FAILS
    with pytest.raises(StorageError, match="refuses"):
        require_conditional_put(meddled_root)


def test_a_folder_needs_no_proof(local_root, monkeypatch):
    monkeypatch.setattr(probe, "_claim_twice", None)
    require_conditional_put(local_root)
