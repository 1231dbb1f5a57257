"""Later commits stand on it, so it was acknowledged: delta-rs would skip its rows in silence, we do not."""

import pytest

from lake_assets.errors import CorruptTableError
from lake_assets.storage.table import find_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, entry, frame, log_names


@pytest.fixture
def torn_root(local_root):
    for number in range(5):
        add(local_root, frame(n=[number]))
    return local_root


def test_an_empty_one(torn_root):
    entry(torn_root, 2).write_bytes(b"")
    with pytest.raises(CorruptTableError, match=r"0{19}2.json is empty") as caught:
        find_table(torn_root, FLIGHTS)
    assert (caught.value.place, caught.value.mend[:7]) == ("table trusted.flights", "restore")


def test_a_cut_one(torn_root):
    entry(torn_root, 2).write_bytes(entry(torn_root, 2).read_bytes()[:40])
    with pytest.raises(CorruptTableError):
        find_table(torn_root, FLIGHTS)


def test_the_last_one_is_then_left_alone(torn_root):
    entry(torn_root, 2).write_bytes(b"")
    entry(torn_root, 4).write_bytes(b"")
    with pytest.raises(CorruptTableError):
        find_table(torn_root, FLIGHTS)
    assert not any(name.endswith("torn") for name in log_names(torn_root))


def test_an_entry_that_is_gone(torn_root):
    entry(torn_root, 2).unlink()
    with pytest.raises(CorruptTableError, match="gap"):
        find_table(torn_root, FLIGHTS)
