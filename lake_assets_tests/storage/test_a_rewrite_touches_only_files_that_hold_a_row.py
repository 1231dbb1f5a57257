"""Rows leave a table and others enter it, and only files that hold one that leaves are written anew."""

import polars as pl
import pytest

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import paths_holding, plan_rewrite
from lake_assets_tests.storage.lakes import FLIGHTS

SCHEMA = {"k": pl.Int64, "v": pl.String}


def _rows(*rows):
    return pl.LazyFrame(rows, schema=SCHEMA, orient="row")


@pytest.fixture
def table(tmp_path):
    root = LakeRoot(str(tmp_path))
    for rows in ([(1, "a"), (2, "b")], [(3, "c"), (4, "d")], [(5, "e")]):
        commit(
            root,
            FLIGHTS,
            lambda _, rows=rows: Change(pl.Schema(SCHEMA), write_data_files(root, FLIGHTS, _rows(*rows))),
        )
    return open_table(root, FLIGHTS)


def _rewritten(table, gone, new):
    planned = plan_rewrite(table, gone, new)
    commit(table.root, FLIGHTS, lambda _: Change(new.collect_schema(), planned.adds, planned.removes))
    return planned, sorted(open_table(table.root, FLIGHTS).scan().collect().rows())


def test_a_row_goes_and_another_comes(table):
    planned, rows = _rewritten(table, _rows((3, "c")), _rows((9, "x")))
    assert (len(planned.removes), planned.replaced_rows) == (1, 1)
    assert rows == [(1, "a"), (2, "b"), (4, "d"), (5, "e"), (9, "x")]


def test_all_columns_tell_a_row(table):
    planned, rows = _rewritten(table, _rows((3, "other")), _rows())
    assert (planned.adds, planned.removes, len(rows)) == ([], [], 5)


def test_nothing_goes(table):
    planned, rows = _rewritten(table, _rows(), _rows((9, "x")))
    assert (planned.removes, len(rows)) == ([], 6)


def test_a_file_of_which_nothing_is_left_is_gone(table):
    planned, rows = _rewritten(table, _rows((5, "e")), _rows())
    assert (planned.adds, len(planned.removes), len(rows)) == ([], 1, 4)


def test_new_rows_may_have_a_further_column(table):
    wide = _rows((9, "x")).with_columns(w=pl.lit(1, pl.Int64))
    _, rows = _rewritten(table, _rows((5, "e")).select("k"), wide)
    assert rows[-1] == (9, "x", 1)
    assert rows[0] == (1, "a", None)


def test_which_files_hold_a_row(table):
    assert len(paths_holding(table, _rows((1, "a"), (5, "e")).select("k"))) == 2
    assert paths_holding(table, _rows().select("k")) == []
    assert paths_holding(table, _rows((7, "a")).select("k")) == []
