from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.storage import data_files
from lake_assets.storage.data_files import write_split
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.storage.lakes import FLIGHTS, data_names, frame


def rows_of(root, files):
    if not files:
        return []
    return pl.read_parquet([f"{root.uri}/{FLIGHTS.path}/{file.path}" for file in files]).rows()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([True, False, None]), max_size=12))
def test_each_row_is_on_one_side(verdicts):
    with TemporaryDirectory() as folder:
        root = LakeRoot(folder)
        schema = {"n": pl.Int64, "is_good": pl.Boolean}
        rows = pl.LazyFrame({"n": range(len(verdicts)), "is_good": verdicts}, schema=schema)
        split = write_split(root, FLIGHTS, rows, pl.col("is_good"))
        expected = list(enumerate(verdicts))
        assert rows_of(root, split.kept) == [row for row in expected if row[1]]
        assert rows_of(root, split.others) == [row for row in expected if not row[1]]
        assert sum(file.rows for file in (*split.kept, *split.others)) == len(verdicts)


def test_a_column_of_any_name_goes_along(root):
    rows = frame(_kept=[1, 2], is_kept=["a", "b"])
    split = write_split(root, FLIGHTS, rows, pl.col("_kept") == 1)
    assert [file.rows for file in split.kept] == [1]
    assert [file.statistics.count("is_kept") for file in split.others] == [3]


def test_many_files_keep_the_order(local_root, monkeypatch):
    monkeypatch.setattr(data_files, "_ROWS_PER_FILE", 1000)
    split = write_split(local_root, FLIGHTS, frame(n=range(10_000)), pl.col("n") % 3 == 0)
    assert [len(split.kept), len(split.others)] == [4, 7]
    assert [row[0] for row in rows_of(local_root, split.kept)] == list(range(0, 10_000, 3))
    assert len(data_names(local_root)) == 11


@pytest.mark.parametrize("verdict", [True, False])
def test_all_on_one_side(root, verdict):
    split = write_split(root, FLIGHTS, frame(n=[1, 2]), pl.lit(verdict) & (pl.col("n") > 0))
    assert ([file.rows for file in split.kept], [file.rows for file in split.others]) == (
        ([2], []) if verdict else ([], [2])
    )


def test_no_rows_make_no_files(root):
    split = write_split(root, FLIGHTS, frame(n=[1]).limit(0), pl.col("n") > 0)
    assert (split.kept, split.others, data_names(root)) == ([], [], [])
