"""`write: snapshot`: each file is the whole truth; only one that is known to be whole deletes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import Zone
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.zones.histories import fresh_lake
from lake_assets_tests.zones.snapshots_said import declare, drop, expected, held, snapshots

PRICES = "/*\nkey: [id]\nincremental_on: trusted.bikes\n*/\nSELECT id, price FROM trusted.bikes"


def _take(a_lake, *files):
    for number, rows in enumerate(files):
        drop(a_lake, number, rows)
        a_lake.ingest_whole()
    return held(a_lake)


def test_rows_change_stay_and_go(a_lake):
    declare(a_lake)
    assert _take(a_lake, [(1, 0), (2, 0), (3, 0)], [(1, 0), (2, 1)]) == {1: (0, 0, None), 2: (1, 1, None)}


def test_a_deletion_is_marked_with_its_time(a_lake):
    declare(a_lake, marks=True)
    found = _take(a_lake, [(1, 0), (2, 0)], [(1, 0)], [(1, 1)])
    assert found == {1: (1, 2, None), 2: (0, 0, 1)}


def test_a_row_that_comes_back_is_there_again(a_lake):
    declare(a_lake, marks=True)
    assert _take(a_lake, [(1, 0), (2, 0)], [(1, 0)], [(1, 0), (2, 0)])[2] == (0, 2, None)


def test_rows_that_are_set_aside_are_not_deleted(a_lake):
    declare(a_lake)
    assert _take(a_lake, [(1, 0), (2, 0)], [(1, 0), (2, -1)])[2] == (0, 0, None)
    assert a_lake.count("quarantine.bikes") == 1


@pytest.mark.parametrize(
    "rows", [[], [(None, 0)], [(1, 0), ("torn", 0)]], ids=["header only", "no key", "torn"]
)
def test_a_snapshot_that_may_lack_rows_deletes_none(a_lake, rows):
    declare(a_lake)
    assert set(_take(a_lake, [(1, 0), (2, 0)], rows)) == {1, 2}


def test_nor_where_one_without_a_row_comes_with_it(a_lake):
    declare(a_lake)
    for number, rows in enumerate([[(2, 0)], [(1, 0), ("torn", 0)], []]):
        drop(a_lake, number, rows)
    a_lake.ingest_whole()
    assert set(held(a_lake)) == {1, 2}


def test_a_deletion_has_the_time_of_the_snapshot_that_lacks_the_row(a_lake):
    declare(a_lake, marks=True)
    for number, rows in enumerate([[(1, 0), (2, 0)], [(1, 0)], []]):
        drop(a_lake, number, rows)
    a_lake.ingest_whole()
    assert held(a_lake)[2] == (0, 0, 1)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00"], ids=["no bytes", "a picture"])
def test_a_file_that_is_refused_deletes_none(a_lake, content):
    declare(a_lake, empties=True)
    drop(a_lake, 0, [(1, 0), (2, 0)])
    a_lake.ingest_whole()
    a_lake.drop("1.csv", content)
    a_lake.ingest_whole()
    assert set(held(a_lake)) == {1, 2}


def test_an_empty_snapshot_deletes_all_where_that_is_declared(a_lake):
    declare(a_lake, empties=True)
    assert _take(a_lake, [(1, 0), (2, 0)], []) == {}


def test_unchanged_rows_are_not_written_again(a_lake):
    declare(a_lake)
    _take(a_lake, [(1, 0), (2, 0)])
    before = set(a_lake.find("trusted.bikes").files["path"])
    drop(a_lake, 1, [(2, 0), (1, 0)])
    report = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes")
    assert (report.rows_in, report.rows_out, report.rows_merged) == (2, 0, 2)
    assert set(a_lake.find("trusted.bikes").files["path"]) == before


def test_the_commit_says_how_many_were_deleted(a_lake):
    declare(a_lake)
    _take(a_lake, [(1, 0), (2, 0), (3, 0)], [(1, 1)])
    assert a_lake.find("trusted.bikes").last_note().content["rows_deleted"] == 2


def test_a_truth_that_comes_back_under_another_name_is_the_truth(a_lake):
    declare(a_lake)
    assert set(_take(a_lake, [(1, 0)], [(2, 0)], [(1, 0)])) == {1}


def test_an_incremental_table_loses_the_row_too(a_lake):
    a_lake.declare_table("prices", PRICES)
    declare(a_lake)
    _take(a_lake, [(1, 0), (2, 0)], [(1, 1)])
    assert a_lake.rows("exploitation.prices") == [(1, 1)]


@settings(max_examples=drawn(10), suppress_health_check=[HealthCheck.too_slow])
@given(files=snapshots, marks=st.booleans(), empties=st.booleans(), at_once=st.booleans())
def test_any_snapshots(files, marks, empties, at_once):
    _hold(files, marks=marks, empties=empties, at_once=at_once)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@settings(max_examples=drawn(25), suppress_health_check=[HealthCheck.too_slow])
@given(files=snapshots, marks=st.booleans(), empties=st.booleans(), at_once=st.booleans())
def test_many_snapshots(files, marks, empties, at_once):
    _hold(files, marks=marks, empties=empties, at_once=at_once)


def _hold(files, *, marks, empties, at_once):
    with fresh_lake() as a_lake:
        declare(a_lake, marks=marks, empties=empties)
        for number, rows in enumerate(files):
            drop(a_lake, number, rows)
            if not at_once:
                a_lake.ingest_whole()
        a_lake.ingest_whole()
        wanted = expected(files, empties=empties)
        assert held(a_lake) == {key: row for key, row in wanted.items() if marks or row[2] is None}
        assert not a_lake.ingest_whole().is_changed
