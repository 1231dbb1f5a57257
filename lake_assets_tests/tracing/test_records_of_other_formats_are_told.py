"""A record that has no line of its own, or is no text, is told by its elements."""

import io

import polars as pl
import pytest

from lake_assets.tracing import Fate
from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
boxes: {from: "*.parquet", format: parquet}
notes: {from: "notes-*.csv", key: [id]}
stock: {from: "stock-*.csv", key: [id], write: snapshot}
steps: {from: "steps-*.csv", rules: [{in_range: {n: [0, 1]}}]}
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    lake = ALake(tmp_path_factory.mktemp("formats"))
    lake.declare(DATASETS)
    content = io.BytesIO()
    pl.DataFrame({"id": [1, 2], "label": ["a", "b"]}).write_parquet(content)
    lake.drop("boxes.parquet", content.getvalue())
    lake.drop("notes-1.csv", 'id,note\n1,"two\nlines"\n2,plain\n')
    lake.drop("steps-1.csv", "stage,reason,n\nlate,none,1\ntrusted,some,2\n")
    lake.drop("stock-1.csv", "id,n\n1,5\n2,6\n")
    lake.ingest_whole()
    lake.drop("stock-2.csv", "id,n\n1,5\n")
    lake.ingest_whole()
    return lake


def test_a_record_of_a_binary_file_is_told_by_its_elements(lake):
    (found,) = lake.lake.trace("trusted.boxes", "id = 2")
    assert (found.record.elements, found.record.text) == ({"id": 2, "label": "b"}, "")


def test_a_record_over_several_lines_is_told_by_its_elements(lake):
    (found,) = lake.lake.trace("trusted.notes", "id = 1")
    assert (found.record.elements, found.record.text) == ({"id": "1", "note": "two\nlines"}, "")


def test_a_line_that_is_not_where_it_would_be_is_not_taken_for_it(lake):
    (found,) = lake.lake.trace("trusted.notes", "id = 2")
    assert found.record.elements == {"id": "2", "note": "plain"}
    assert found.record.text in {"", "2,plain"}


def test_a_row_that_a_snapshot_no_longer_had_left(lake):
    (found,) = lake.lake.why_rows("trusted.stock", "id = 2")
    assert (found.fate, found.trace.record.text) == (Fate.LEFT, "2,6")


def test_a_column_that_is_named_like_one_of_the_quarantine_is_that_of_the_record(lake):
    (found,) = lake.lake.why_rows("trusted.steps", "stage = 'trusted'")
    assert (found.fate, found.trace.record.text) == (Fate.SET_ASIDE, "trusted,some,2")
    (stands,) = lake.lake.why_rows("trusted.steps", "reason = 'none'")
    assert stands.fate is Fate.STANDS
    (by_quarantine,) = lake.lake.why_rows("quarantine.steps", "stage = 'trusted' AND n = 2")
    assert by_quarantine.fate is Fate.SET_ASIDE
