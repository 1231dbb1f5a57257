"""A file-level merge gives the rows that a dictionary would, whatever the keys, nulls, columns and file sizes."""

from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS

KEYS = {
    "whole numbers": (pl.Int64, st.integers(-4, 4) | st.sampled_from([-(2**63), 2**63 - 1])),
    "texts": (
        pl.String,
        st.text(max_size=2) | st.sampled_from(["a" * 40, "a" * 40 + "b", "\U0010ffff" * 33]),
    ),
    "days": (pl.Date, st.dates()),
    "truths": (pl.Boolean, st.booleans()),
    "floats": (pl.Float64, st.sampled_from([-1.5, -0.0, 0.0, 2.5, float("inf"), float("-inf")])),
}


@st.composite
def histories(draw):
    """The kinds of the two key columns, and batches of rows: (key, key) -> (value, other value)."""
    kinds = [draw(st.sampled_from(sorted(KEYS))) for _ in range(2)]
    key = st.tuples(*(KEYS[kind][1] for kind in kinds))
    values = st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9))
    batches = draw(st.lists(st.dictionaries(key, values, min_size=1, max_size=6), min_size=1, max_size=6))
    columns = draw(st.lists(st.booleans(), min_size=len(batches), max_size=len(batches)))
    return kinds, list(zip(batches, columns, strict=True))


@settings(max_examples=60, deadline=None)
@given(histories())
def test_any_history(history):
    kinds, batches = history
    with TemporaryDirectory() as folder:
        root, naive = LakeRoot(folder), {}
        for rows, is_wide in batches:
            _upsert(root, kinds, rows, is_wide=is_wide)
            naive.update({key: (value, other if is_wide else None) for key, (value, other) in rows.items()})
        assert _held(root, any(is_wide for _, is_wide in batches)) == naive


def _upsert(root, kinds, rows, *, is_wide):
    schema = {"k": KEYS[kinds[0]][0], "l": KEYS[kinds[1]][0], "value": pl.Int64, "other": pl.Int64}
    frame = pl.LazyFrame([(*key, *values) for key, values in rows.items()], schema=schema, orient="row")
    frame = frame if is_wide else frame.drop("other")

    def decide(table):
        files, removes, replaced = write_data_files(root, FLIGHTS, frame), [], 0
        if table:
            before = set(table.scan().select("k", "l").collect().rows())
            upsert = plan_upsert(table, files, ["k", "l"])
            files, removes, replaced = upsert.adds, upsert.removes, upsert.replaced_rows
            assert replaced == len(before & set(rows))
        return Change(frame.collect_schema(), files, removes)

    commit(root, FLIGHTS, decide)


def _held(root, is_wide):
    rows = open_table(root, FLIGHTS).scan().collect()
    held = {row[:2]: (row[2], row[3] if is_wide else None) for row in rows.rows()}
    assert len(held) == rows.height
    return held
