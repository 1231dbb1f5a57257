"""An object store keeps the log entry, loses the answer, and refuses the repeated request: the commit stands."""

import pytest

from lake_assets.errors import StorageError
from lake_assets_tests.storage.lakes import add_once, data_names, frame, values
from lake_assets_tests.storage.meddler import Fate


def once(fate, spoils=lambda asked: asked.writes_log):
    left = [fate]
    return lambda asked: left.pop() if left and spoils(asked) else Fate.PASSES


@pytest.fixture
def root(meddled_root):
    return meddled_root


def test_on_a_table_that_is_there(root, meddler):
    add_once(root, frame(n=[0]), 0)
    meddler.fate = once(Fate.ANSWER_IS_LOST)
    table = add_once(root, frame(n=[1]), 1)
    assert table.version == 1
    assert values(root, "n") == [0, 1]
    assert len(data_names(root)) == 2


def test_when_the_table_is_made(root, meddler):
    meddler.fate = once(Fate.ANSWER_IS_LOST)
    assert add_once(root, frame(n=[0]), 0).version == 0
    assert values(root, "n") == [0]


def test_when_a_column_is_added(root, meddler):
    add_once(root, frame(n=[0]), 0)
    meddler.fate = once(Fate.ANSWER_IS_LOST)
    add_once(root, frame(n=[1], price=[1.5]), 1)
    assert values(root, "n") == [0, 1]


def test_every_answer_is_lost(root, meddler):
    add_once(root, frame(n=[0]), 0)
    meddler.fate = lambda asked: Fate.ANSWER_IS_LOST if asked.writes_log else Fate.PASSES
    assert add_once(root, frame(n=[1]), 1).version == 1
    assert values(root, "n") == [0, 1]


def test_a_store_that_keeps_nothing_is_told_and_a_retry_goes_on(root, meddler):
    add_once(root, frame(n=[0]), 0)
    meddler.fate = lambda asked: Fate.FAILS if asked.writes_log else Fate.PASSES
    with pytest.raises(StorageError, match="S3") as caught:
        add_once(root, frame(n=[1]), 1)
    assert "run again" in caught.value.mend
    assert len(data_names(root)) == 2, "the request may still arrive: its file is left for vacuum"
    meddler.fate = lambda _: Fate.PASSES
    add_once(root, frame(n=[1]), 1)
    assert values(root, "n") == [0, 1]
