"""Another writer commits between our decision and our commit; we decide again on what it left."""

import polars as pl
import pytest

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values


def after_a_faster_writer(root, rows, faster, seen, **change):
    """Decide once before and once after a faster writer commits."""

    def decide(table):
        seen.append(table.version if table else None)
        files = write_data_files(root, FLIGHTS, rows)
        if len(seen) == 1:
            faster()
        removes = table.files["path"].to_list() if change.get("removes") and table else ()
        return Change(rows.collect_schema(), files, **{**change, "removes": removes})

    return decide


def test_when_the_table_is_being_made(root):
    seen = []
    commit(root, FLIGHTS, after_a_faster_writer(root, frame(n=[2]), lambda: add(root, frame(n=[1])), seen))
    assert seen == [None, 0]
    assert values(root, "n") == [1, 2]
    assert len(data_names(root)) == 2


def test_when_rows_are_appended(root):
    seen = []
    add(root, frame(n=[0]))
    commit(root, FLIGHTS, after_a_faster_writer(root, frame(n=[2]), lambda: add(root, frame(n=[1])), seen))
    assert seen == [0, 1]
    assert values(root, "n") == [0, 1, 2]
    assert len(data_names(root)) == 3


def test_when_both_rewrite_the_same_file(root):
    seen = []
    add(root, frame(n=[0]))
    decide = after_a_faster_writer(root, frame(n=[2]), lambda: add(root, frame(n=[1])), seen, removes=True)
    commit(root, FLIGHTS, decide)
    assert seen == [0, 1]
    assert values(root, "n") == [2]


def test_when_both_add_the_same_column(root):
    seen = []
    add(root, frame(n=[0]))
    wider = frame(n=[2], price=[2.5])
    commit(
        root, FLIGHTS, after_a_faster_writer(root, wider, lambda: add(root, frame(n=[1], price=[1.5])), seen)
    )
    assert seen == [0, 2]
    assert values(root, "n") == [0, 1, 2]


def test_when_the_faster_one_adds_another_column(root):
    seen = []
    add(root, frame(n=[0]))
    wider = frame(n=[2], price=[2.5])
    table = commit(
        root, FLIGHTS, after_a_faster_writer(root, wider, lambda: add(root, frame(n=[1], tail=["x"])), seen)
    )
    assert table.schema == pl.Schema({"n": pl.Int64, "tail": pl.String, "price": pl.Float64})
    assert values(root, "n") == [0, 1, 2]


@pytest.mark.parametrize("faster_columns", [{"n": [1]}, {"n": [1], "tail": ["x"]}])
def test_when_the_whole_table_is_replaced(root, faster_columns):
    seen = []
    add(root, frame(n=[0]))
    other = frame(m=["new"])
    table = commit(
        root,
        FLIGHTS,
        after_a_faster_writer(
            root, other, lambda: add(root, frame(**faster_columns)), seen, replaces_table=True
        ),
    )
    assert len(seen) == 2
    assert table.schema == pl.Schema({"m": pl.String})
    assert values(root, "m") == ["new"]
