"""`order_by`: of the rows of a key the one with the greatest value stands, whenever it came."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import Zone
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.zones.histories import fresh_lake

ROWS = st.lists(st.tuples(st.integers(1, 3), st.none() | st.integers(1, 4), st.integers(-1, 9)), max_size=4)
BATCHES = st.lists(st.lists(ROWS, max_size=2), min_size=1, max_size=4)


def declare(a_lake, more=""):
    a_lake.declare(
        "bikes: {from: '*.csv', key: [id], order_by: at, columns: {id: int, at: int, price: int},"
        f" rules: [{{in_range: {{price: [0, 9]}}}}{more}]}}"
    )


def drop(a_lake, name, rows):
    lines = "".join(f"{key},{'' if at is None else at},{price}\n" for key, at, price in rows)
    a_lake.drop(f"{name}.csv", f"id,at,price\n{lines}")


def test_a_late_row_does_not_take_the_place_of_a_newer_one(a_lake):
    declare(a_lake)
    drop(a_lake, "a", [(1, 5, 5), (2, 5, 5)])
    a_lake.ingest_whole()
    drop(a_lake, "b", [(1, 4, 4), (2, 6, 6)])
    report = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes")
    assert (report.rows_in, report.rows_out, report.rows_merged) == (2, 1, 2)
    assert sorted(a_lake.rows("trusted.bikes", "id", "price")) == [(1, 5), (2, 6)]


def test_of_equals_the_last_to_come_wins(a_lake):
    declare(a_lake)
    for name, price in (("a", 5), ("b", 6)):
        drop(a_lake, name, [(1, 5, price)])
        a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "price") == [(6,)]


def test_a_late_row_alone_writes_no_row(a_lake):
    declare(a_lake)
    drop(a_lake, "a", [(1, 5, 5)])
    a_lake.ingest_whole()
    before = set(a_lake.find("trusted.bikes").files["path"])
    drop(a_lake, "b", [(1, 4, 4)])
    a_lake.ingest_whole()
    assert set(a_lake.find("trusted.bikes").files["path"]) == before


def test_a_late_row_takes_no_value_from_rows_of_other_keys(a_lake):
    """A late row of bike 1 that says 7 does not keep bike 2 from having it; its price of 5 stands."""
    declare(a_lake, ", {unique: [price]}")
    drop(a_lake, "a", [(1, 5, 5)])
    a_lake.ingest_whole()
    drop(a_lake, "b", [(1, 4, 7), (2, 6, 7), (3, 6, 5)])
    a_lake.ingest_whole()
    assert sorted(a_lake.rows("trusted.bikes", "id", "price")) == [(1, 5), (2, 7)]
    assert a_lake.rows("quarantine.bikes", "_row") == [(3,)]


def _expected(groups):
    best, newest, number = {}, [], 0
    for rows in (rows for files in groups for rows in files):
        number += 1
        if rows in newest:
            continue
        newest.append(rows)
        for place, (key, at, price) in enumerate(rows):
            rank = (at is not None, at or 0, number, place)
            if price >= 0 and (key not in best or rank > best[key][0]):
                best[key] = (rank, price)
    return sorted((key, price) for key, (_, price) in best.items())


def _hold(groups):
    with fresh_lake() as a_lake:
        declare(a_lake)
        for number, files in enumerate(groups):
            for place, rows in enumerate(files):
                drop(a_lake, f"{number}-{place}", rows)
            a_lake.ingest_whole()
        found = a_lake.rows("trusted.bikes", "id", "price") if a_lake.find("trusted.bikes") else []
        assert sorted(found) == _expected(groups)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(groups=BATCHES)
def test_a_few_batches(groups):
    _hold(groups)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@settings(max_examples=drawn(20), suppress_health_check=[HealthCheck.too_slow])
@given(groups=BATCHES)
def test_many_batches(groups):
    _hold(groups)
