from datetime import UTC, datetime, timedelta

import pytest

from lake_assets.errors import StorageError
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.maintenance import compact, vacuum
from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, log_names, values

WEEK = timedelta(days=7)


def later(**wait):
    """A moment after everything that the test has written so far."""
    return datetime.now(UTC) + timedelta(**wait)


def names(entries):
    return sorted(entry.path.removeprefix(f"{FLIGHTS.path}/") for entry in entries)


def orphan(root):
    (file,) = write_data_files(root, FLIGHTS, frame(n=[-1]))
    return file.path


def test_nothing_young(root):
    add(root, frame(n=[1]))
    orphan(root)
    compact(add(root, frame(n=[2])))
    assert vacuum(root, FLIGHTS) == []
    assert len(data_names(root)) == 4


def test_orphans_of_runs_that_died(root):
    add(root, frame(n=[1]))
    left = orphan(root)
    assert names(vacuum(root, FLIGHTS, now=later(days=8))) == [left]
    assert values(root, "n") == [1]


def test_files_that_no_version_within_the_retention_holds(root):
    add(root, frame(n=[1]))
    before = add(root, frame(n=[2]))
    old = before.files["path"].to_list()
    table = compact(before)
    assert names(vacuum(root, FLIGHTS, now=later(days=6))) == []
    assert before.scan().collect().height == 2
    assert names(vacuum(root, FLIGHTS, now=later(days=8))) == sorted(old)
    assert data_names(root) == table.files["path"].to_list()
    assert values(root, "n") == [1, 2]


def test_a_file_removed_lately_stays_however_old_it_is(root):
    add(root, frame(n=[1]))
    before = add(root, frame(n=[2]))
    compact(before)
    entry_written = datetime.now(UTC)
    assert vacuum(root, FLIGHTS, WEEK, now=entry_written + WEEK - timedelta(minutes=1)) == []
    assert before.scan().collect().height == 2


def test_a_retention_longer_than_that_of_checkpoints_is_kept(local_root):
    import os

    for number in range(12):
        before = add(local_root, frame(n=[number]))
    compact(before)
    for number in range(12, 30):
        add(local_root, frame(n=[number]))
    for entry in local_root.files.list(FLIGHTS.path):
        if entry.path.endswith(".parquet"):
            os.utime(local_root.local_path(entry.path), (0, 0))
    assert vacuum(local_root, FLIGHTS, timedelta(days=30), now=later(days=20)) == []
    assert before.scan().collect().height == 12


def test_files_that_a_leader_still_names_are_spared(root):
    add(root, frame(n=[1]))
    pending, left = orphan(root), orphan(root)
    assert names(vacuum(root, FLIGHTS, spare=[pending], now=later(days=8))) == [left]
    assert pending in data_names(root)


def test_what_is_not_ours_is_left_alone(local_root):
    add(local_root, frame(n=[1]))
    for name in ("README.md", "_delta_log/notes.txt", "_changes/part-0.parquet", ".hidden.parquet"):
        with local_root.files.create(f"{FLIGHTS.path}/{name}") as stream:
            stream.write(b"x")
    before = data_names(local_root), log_names(local_root)
    assert vacuum(local_root, FLIGHTS, now=later(days=8)) == []
    assert (data_names(local_root), log_names(local_root)) == before


def test_entries_that_a_killed_writer_never_put_in_place(local_root):
    add(local_root, frame(n=[1]))
    with local_root.files.create(f"{FLIGHTS.path}/_delta_log/00000000000000000001.json#1") as stream:
        stream.write(b"{")
    assert names(vacuum(local_root, FLIGHTS, now=later(days=8))) == ["_delta_log/00000000000000000001.json#1"]
    assert open_table(local_root, FLIGHTS).version == 0


def test_it_commits_nothing(root):
    table = add(root, frame(n=[1]))
    orphan(root)
    vacuum(root, FLIGHTS, now=later(days=8))
    assert open_table(root, FLIGHTS).version == table.version


@pytest.mark.parametrize("older_than", [timedelta(0), timedelta(minutes=59)])
def test_files_that_may_be_in_use_are_not_asked_for(root, older_than):
    left = orphan(root)
    with pytest.raises(StorageError, match="too short") as caught:
        vacuum(root, FLIGHTS, older_than)
    assert "an hour" in caught.value.mend
    assert data_names(root) == [left]


def test_nothing_where_there_is_no_table(root):
    left = orphan(root)
    assert vacuum(root, FLIGHTS, now=later(days=8)) == []
    assert data_names(root) == [left]


def test_nothing_where_the_log_is_gone(local_root):
    add(local_root, frame(n=[1]))
    local_root.files.delete_folder(f"{FLIGHTS.path}/_delta_log")
    assert vacuum(local_root, FLIGHTS, now=later(days=8)) == []
    assert len(data_names(local_root)) == 1
