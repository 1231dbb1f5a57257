"""A loss of power before a commit was acknowledged leaves its log entry empty or cut: the table is as before it."""

import pytest

from lake_assets.storage.table import find_table, open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add_once, entry, frame, log_names, values

TORN = {
    "empty": lambda whole: b"",
    "cut short": lambda whole: whole[: len(whole) // 2],
    "zeros": lambda whole: b"\0" * len(whole),
    "zeros at the end": lambda whole: whole[:-20] + b"\0" * 20,
}


@pytest.fixture(params=TORN)
def tear(request):
    def tear(path):
        path.write_bytes(TORN[request.param](path.read_bytes()))

    return tear


def test_and_its_batch_comes_again(local_root, tear):
    for batch in range(3):
        add_once(local_root, frame(n=[batch]), batch)
    tear(entry(local_root, 2))
    assert open_table(local_root, FLIGHTS).version == 1
    assert "00000000000000000002.json.torn" in log_names(local_root)
    assert values(local_root, "n") == [0, 1]
    assert add_once(local_root, frame(n=[2]), 2).version == 2
    assert values(local_root, "n") == [0, 1, 2]


def test_also_of_a_table_just_made(local_root, tear):
    add_once(local_root, frame(n=[0]), 0)
    tear(entry(local_root, 0))
    assert find_table(local_root, FLIGHTS) is None
    add_once(local_root, frame(n=[0]), 0)
    assert values(local_root, "n") == [0]


def test_also_behind_a_checkpoint(local_root, tear):
    for batch in range(12):
        add_once(local_root, frame(n=[batch]), batch)
    tear(entry(local_root, 11))
    assert values(local_root, "n") == list(range(11))


def test_a_good_entry_that_took_its_place_stays(local_root, tear, monkeypatch):
    """Two processes find it at once: the slower one must not set aside what the faster one committed since."""
    from lake_assets.storage import torn

    for batch in range(2):
        add_once(local_root, frame(n=[batch]), batch)
    good = entry(local_root, 1).read_bytes()
    tear(entry(local_root, 1))
    lock = torn.fcntl.flock

    def faster_one_was_there(stream, kind):
        entry(local_root, 1).unlink()
        entry(local_root, 1).write_bytes(good)
        lock(stream, kind)

    monkeypatch.setattr(torn.fcntl, "flock", faster_one_was_there)
    assert values(local_root, "n") == [0, 1]
    assert log_names(local_root) == ["00000000000000000000.json", "00000000000000000001.json"]


def test_a_good_entry_stays_when_the_torn_one_is_gone_already(local_root, tear, monkeypatch):
    from lake_assets.storage import torn

    add_once(local_root, frame(n=[0]), 0)
    add_once(local_root, frame(n=[1]), 1)
    tear(entry(local_root, 1))
    monkeypatch.setattr(torn.fcntl, "flock", lambda *_: entry(local_root, 1).unlink())
    assert values(local_root, "n") == [0]


def test_another_process_set_it_aside_just_before_us(local_root, tear, monkeypatch):
    from lake_assets.storage import table as tables

    add_once(local_root, frame(n=[0]), 0)
    add_once(local_root, frame(n=[1]), 1)
    tear(entry(local_root, 1))
    set_aside = tables.set_aside_torn
    monkeypatch.setattr(tables, "set_aside_torn", lambda log: set_aside(log) and set_aside(log))
    assert values(local_root, "n") == [0]
