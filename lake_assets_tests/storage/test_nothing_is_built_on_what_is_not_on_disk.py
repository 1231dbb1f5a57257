"""The order of our own syncs, against the log entries that are there at that moment."""

import os
from pathlib import Path

import pytest

from lake_assets.errors import StorageError
from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add_once, frame, log_names, start, told


@pytest.fixture
def synced(local_root, monkeypatch):
    """Each path synced, and the number of log entries there were."""
    seen = []
    fsync = os.fsync

    def watch(descriptor):
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        entries = [name for name in log_names(local_root) if name.endswith(".json")]
        seen.append((path.as_posix().removeprefix(f"{local_root.uri}/{FLIGHTS.path}"), len(entries)))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    return seen


def test_an_entry_that_a_killed_writer_left_is_synced_before_the_next(local_root, synced):
    add_once(local_root, frame(n=[0]), 0)
    start("dies_unacknowledged", told(local_root), 1).wait()
    synced.clear()
    add_once(local_root, frame(n=[2]), 2)
    assert synced.index(("/_delta_log/00000000000000000001.json", 2)) == 0
    assert ("/_delta_log/00000000000000000002.json", 3) in synced


def test_nothing_left_to_do_is_said_only_of_what_is_on_disk(local_root, synced):
    start("dies_unacknowledged", told(local_root), 1).wait()
    add_once(local_root, frame(n=[1]), 1)
    assert {path for path, _ in synced} >= {"/_delta_log/00000000000000000000.json", "/_delta_log", ""}


def test_a_reader_builds_on_it_too(local_root, synced):
    start("dies_unacknowledged", told(local_root), 1).wait()
    open_table(local_root, FLIGHTS)
    assert synced[0] == ("/_delta_log/00000000000000000000.json", 1)


def test_a_process_syncs_an_entry_once(local_root, synced):
    add_once(local_root, frame(n=[0]), 0)
    synced.clear()
    for _ in range(3):
        open_table(local_root, FLIGHTS)
    assert synced == []


def test_another_entry_of_the_same_version_is_synced_too(local_root, synced):
    add_once(local_root, frame(n=[0]), 0)
    local_root.files.delete_folder(FLIGHTS.path)
    start("dies_unacknowledged", told(local_root), 1).wait()
    synced.clear()
    open_table(local_root, FLIGHTS)
    assert synced[0] == ("/_delta_log/00000000000000000000.json", 1)


def test_a_sync_that_fails_is_told(local_root, monkeypatch):
    start("dies_unacknowledged", told(local_root), 0).wait()

    def fail(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match="Input/output error") as caught:
        open_table(local_root, FLIGHTS)
    assert caught.value.place == "table trusted.flights"
    monkeypatch.undo()
    assert open_table(local_root, FLIGHTS).version == 0
