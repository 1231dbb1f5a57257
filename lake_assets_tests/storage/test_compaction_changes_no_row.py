import polars as pl
import pytest

from lake_assets.errors import CorruptTableError
from lake_assets.storage import data_files, maintenance
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.log import read_actions
from lake_assets.storage.maintenance import compact
from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values


@pytest.fixture
def table(root):
    """Four small files, some older than a column."""
    for number in range(2):
        add(root, frame(n=[number]), consumed={"batch": number}, note={"batch": number})
    for number in range(2, 4):
        table = add(root, frame(n=[number], price=[number / 2]), consumed={"batch": number})
    return table


def test_rows_columns_and_what_was_consumed_stay(table):
    after = compact(table)
    assert after.files.height == 1
    assert after.schema == table.schema
    assert after.scan().collect().sort("n").equals(table.scan().collect().sort("n"))
    assert (after.consumed("batch"), after.last_note().content) == (3, {"batch": 1})


def test_its_commit_says_that_no_row_changed(table):
    after = compact(table)
    actions = list(read_actions(table.root, FLIGHTS, after.version))
    files = [action[kind] for action in actions for kind in ("add", "remove") if kind in action]
    assert len(files) == 5
    assert not any(file["dataChange"] for file in files)


def test_again_there_is_nothing_to_merge(table):
    once = compact(table)
    assert compact(once).version == once.version


def test_a_version_before_stays_readable(table):
    compact(table)
    assert table.scan().collect()["n"].sort().to_list() == list(range(4))


def test_large_files_are_left_alone(local_root, monkeypatch):
    monkeypatch.setattr(maintenance, "_SMALL_ROWS", 10)
    monkeypatch.setattr(data_files, "_ROWS_PER_FILE", 20)
    large = add(local_root, frame(n=range(10))).files["path"].item()
    for number in range(10, 40):
        add(local_root, frame(n=[number]))
    after = compact(open_table(local_root, FLIGHTS))
    assert sorted(after.files["num_records"]) == [10, 10, 20]
    assert large in after.files["path"]
    assert values(local_root, "n") == list(range(40))


def test_rows_stay_in_the_order_they_were_landed(local_root):
    for file in (3, 1, 2):
        table = add(local_root, frame(_file=[file] * 2, _row=[1, 2]))
    assert compact(table).scan().collect().rows() == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]


def test_one_file_alone_or_none(root):
    table = add(root, frame(n=[1]).limit(0))
    assert compact(table).version == 0
    assert compact(add(root, frame(n=[1]))).version == 1


def test_a_writer_that_comes_between_loses_nothing(table, monkeypatch):
    faster = [lambda: add(table.root, frame(n=[100]))]
    merged = maintenance._merged

    def meanwhile(*given):
        files = merged(*given)
        if faster:
            faster.pop()()
        return files

    monkeypatch.setattr(maintenance, "_merged", meanwhile)
    after = compact(table)
    assert values(table.root, "n") == [*range(4), 100]
    assert after.files.height == 1


def test_a_writer_that_removes_a_merged_file_meanwhile_wins(table, monkeypatch):
    merged = maintenance._merged
    gone = table.files.filter(pl.col("min.n") == 3)["path"].to_list()

    def meanwhile(*given):
        files = merged(*given)
        if gone:
            commit(table.root, FLIGHTS, lambda now: Change(now.schema, removes=[gone.pop()]))
        return files

    monkeypatch.setattr(maintenance, "_merged", meanwhile)
    compact(table)
    assert values(table.root, "n") == [0, 1, 2]


def test_a_table_made_anew_meanwhile_is_not_touched(table):
    table.root.files.delete_folder(FLIGHTS.path)
    add(table.root, frame(n=[1]))
    other = add(table.root, frame(n=[2]))
    assert compact(table).version == other.version


def test_a_table_deleted_meanwhile_is_not_made_again(local_root):
    table = add(local_root, frame(n=[1]))
    local_root.files.delete_folder(FLIGHTS.path)
    assert compact(table) is table


def test_rows_that_the_log_does_not_know_are_not_taken_in(local_root):
    add(local_root, frame(n=[1]))
    (path,) = data_names(local_root)
    table = add(local_root, frame(n=[2]))
    frame(n=[1, 1, 1]).collect().write_parquet(local_root.local_path(f"{FLIGHTS.path}/{path}"))
    with pytest.raises(CorruptTableError, match="hold 4 rows where the log says 2"):
        compact(table)
    assert len(data_names(local_root)) == 2
