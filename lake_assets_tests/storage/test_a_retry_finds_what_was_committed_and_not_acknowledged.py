import signal

from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import (
    FLIGHTS,
    add_once,
    data_names,
    frame,
    log_names,
    start,
    told,
    values,
)


def test_and_does_nothing(root):
    add_once(root, frame(n=[0]), 0)
    assert start("dies_unacknowledged", told(root), 1).wait() == -signal.SIGKILL
    assert open_table(root, FLIGHTS).version == 1
    before = (data_names(root), log_names(root))
    table = add_once(root, frame(n=[1]), 1)
    assert (table.version, table.consumed("batch")) == (1, 1)
    assert (data_names(root), log_names(root)) == before
    assert values(root, "n") == [0, 1]


def test_also_when_it_made_the_table(root):
    assert start("dies_unacknowledged", told(root), 1).wait() == -signal.SIGKILL
    table = add_once(root, frame(n=[1]), 1)
    assert table.version == 0
    assert values(root, "n") == [1]
