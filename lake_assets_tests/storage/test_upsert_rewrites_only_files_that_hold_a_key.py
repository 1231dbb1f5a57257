from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from lake_assets.errors import SchemaError
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values


@pytest.fixture
def table(root):
    """Ten files of ten keys each."""
    for ten in range(10):
        add(root, frame(n=range(10 * ten, 10 * ten + 10), by=["old"] * 10))
    return open_table(root, FLIGHTS)


def plan(table, rows, key=("n",)):
    return plan_upsert(table, write_data_files(table.root, FLIGHTS, rows), key)


def holding(table, number):
    return table.files.filter(pl.col("min.n") == number)["path"].item()


def test_one_of_ten(table):
    upsert = plan(table, frame(n=[42], by=["new"]))
    assert upsert.removes == [holding(table, 40)]
    assert (upsert.replaced_rows, [file.rows for file in upsert.adds]) == (1, [10])


def test_two_of_ten_leave_those_between(table):
    upsert = plan(table, frame(n=[15, 72], by=["new"] * 2))
    assert set(upsert.removes) == {holding(table, 10), holding(table, 70)}
    assert upsert.replaced_rows == 2


def test_a_new_key_rewrites_none(table):
    upsert = plan(table, frame(n=[100], by=["new"]))
    assert (upsert.removes, upsert.replaced_rows, [file.rows for file in upsert.adds]) == ([], 0, [1])


def test_the_staged_files_do_not_stay_behind(table):
    staged = write_data_files(table.root, FLIGHTS, frame(n=[42], by=["new"]))
    upsert = plan_upsert(table, staged, ["n"])
    expected = [*table.files["path"].to_list(), *(file.path for file in upsert.adds)]
    assert data_names(table.root) == sorted(expected)


def test_files_outside_the_bounds_are_not_opened(table):
    table.root.files.delete([f"{FLIGHTS.path}/{holding(table, 10)}"])
    assert plan(table, frame(n=[42], by=["new"])).replaced_rows == 1


def test_rows_keep_their_order_and_new_ones_come_last(table):
    upsert = plan(table, frame(n=[45, 400, 41], by=["new"] * 3))
    rows = table.scan_files([file.path for file in upsert.adds]).collect()
    assert rows["n"].to_list() == [40, 42, 43, 44, 46, 47, 48, 49, 45, 400, 41]


def test_bounds_in_milliseconds_hide_no_microsecond(local_root):
    moment = datetime(2024, 5, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    add(local_root, frame(at=[moment - timedelta(days=1), moment], by=["old"] * 2))
    upsert = plan(open_table(local_root, FLIGHTS), frame(at=[moment], by=["new"]), ["at"])
    assert upsert.replaced_rows == 1


def test_moments_beyond_the_calendar_of_python(local_root):
    far = pl.Series("at", [2**62, -(2**62)]).cast(pl.Datetime("us", "UTC"))
    add(local_root, pl.LazyFrame({"at": far}))
    upsert = plan(open_table(local_root, FLIGHTS), pl.LazyFrame({"at": far.head(1)}), ["at"])
    assert upsert.replaced_rows == 1


def test_a_key_that_is_not_a_number(local_root):
    add(local_root, frame(x=[10.0, float("nan")]))
    upsert = plan(open_table(local_root, FLIGHTS), frame(x=[5.0, float("nan")]), ["x"])
    assert upsert.replaced_rows == 1


def test_a_key_column_that_the_table_lacks_matches_nothing(local_root):
    add(local_root, frame(n=[1]))
    upsert = plan(open_table(local_root, FLIGHTS), frame(m=[1], n=[2]), ["m"])
    assert (upsert.removes, upsert.replaced_rows) == ([], 0)


def test_an_empty_table(local_root):
    add(local_root, frame(n=[1]).limit(0))
    upsert = plan(open_table(local_root, FLIGHTS), frame(n=[2]))
    assert (upsert.removes, [file.rows for file in upsert.adds]) == ([], [1])


def test_another_type_is_refused(local_root):
    add(local_root, frame(n=[1]))
    with pytest.raises(SchemaError, match="Int64 in the table and String"):
        plan(open_table(local_root, FLIGHTS), frame(n=["1"]))


def test_the_commit_holds_what_was_planned(table):
    rows = frame(n=[42, 100], by=["new"] * 2, price=[1.5, 2.5])

    def decide(current):
        upsert = plan(current, rows)
        return Change(rows.collect_schema(), upsert.adds, upsert.removes)

    commit(table.root, FLIGHTS, decide)
    assert values(table.root, "n") == list(range(101))
    held = open_table(table.root, FLIGHTS).scan().filter(pl.col("by") == "new").sort("n").collect()
    assert held.rows() == [(42, "new", 1.5), (100, "new", 2.5)]
