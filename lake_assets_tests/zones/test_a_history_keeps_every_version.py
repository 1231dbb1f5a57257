"""`write: scd2`: every version of a key with the time it was valid; late ones find their place."""

from datetime import UTC, date

import pytest

from lake_assets.errors import SchemaError
from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.zones.histories import declare, drop, held

PRICES = (
    "/*\nkey: [id, valid_from]\nincremental_on: trusted.bikes\n*/\n"
    "SELECT id, valid_from, price, is_current FROM trusted.bikes"
)


def test_a_version_is_valid_up_to_the_next(a_lake):
    declare(a_lake)
    for day, price in ((1, 5), (3, 6)):
        drop(a_lake, str(day), [(1, day, price, 0)])
        a_lake.ingest_whole()
    assert held(a_lake) == [(1, 1, 5, 0, 3, False), (1, 3, 6, 0, None, True)]


def test_the_same_again_opens_no_version_and_writes_no_row(a_lake):
    declare(a_lake)
    drop(a_lake, "a", [(1, 1, 5, 0), (2, 1, 7, 0)])
    a_lake.ingest_whole()
    before = set(a_lake.find("trusted.bikes").files["path"])
    drop(a_lake, "b", [(1, 2, 5, 0)])
    report = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes")
    assert (report.rows_in, report.rows_out, report.rows_merged) == (1, 0, 1)
    assert set(a_lake.find("trusted.bikes").files["path"]) == before
    assert held(a_lake) == [(1, 1, 5, 0, None, True), (2, 1, 7, 0, None, True)]


def test_a_late_row_between_two_that_said_the_same_parts_them(a_lake):
    declare(a_lake)
    for day, price in ((1, 5), (3, 5), (2, 6)):
        drop(a_lake, str(day), [(1, day, price, 0)])
        a_lake.ingest_whole()
    assert held(a_lake) == [(1, 1, 5, 0, 2, False), (1, 2, 6, 0, 3, False), (1, 3, 5, 0, None, True)]


def test_a_late_row_that_says_what_the_next_says_opens_it_earlier(a_lake):
    declare(a_lake)
    for day, price in ((1, 5), (4, 6), (3, 6)):
        drop(a_lake, str(day), [(1, day, price, 0)])
        a_lake.ingest_whole()
    assert held(a_lake) == [(1, 1, 5, 0, 3, False), (1, 3, 6, 0, None, True)]


def test_of_two_rows_of_one_time_the_later_stands(a_lake):
    declare(a_lake)
    drop(a_lake, "a", [(1, 1, 5, 0), (1, 1, 6, 0)])
    a_lake.ingest_whole()
    drop(a_lake, "b", [(1, 1, 7, 0)])
    a_lake.ingest_whole()
    assert held(a_lake) == [(1, 1, 7, 0, None, True)]


def test_a_row_without_a_time_is_set_aside(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", "id,day,price,colour\n1,,5,0\n")
    a_lake.ingest_whole()
    assert a_lake.rows("quarantine.bikes", "rules") == [(["valid_from_not_null"],)]


def test_without_a_column_the_time_of_ingestion_counts(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2}")
    for price in (5, 6, 5):
        a_lake.drop("a.csv", f"id,price\n1,{price}\n")
        a_lake.ingest_whole()
    times = [time for (time,) in a_lake.rows("governance.processed_files", "ingested_at")]
    rows = a_lake.rows("trusted.bikes", "price", "valid_from", "valid_to", "is_current")
    starts, ends = [row[1] for row in rows], [row[2] for row in rows]
    assert ([row[0] for row in rows], [row[3] for row in rows]) == ([5, 6, 5], [False, False, True])
    assert ends == [*starts[1:], None]
    assert starts[0].tzinfo is not None
    assert all(
        abs((start - time).total_seconds()) < 1 for start, time in zip(starts, sorted(times), strict=True)
    )
    assert starts[0].astimezone(UTC) < starts[1]


def test_a_file_with_old_bytes_under_a_new_name_is_a_new_version(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2}")
    for number, price in enumerate((5, 6, 5, 5)):
        a_lake.drop(f"{number}.csv", f"id,price\n1,{price}\n")
        a_lake.ingest_whole()
    assert [price for (price,) in a_lake.rows("trusted.bikes", "price")] == [5, 6, 5]


def test_only_files_with_a_key_that_changes_are_written_anew(a_lake):
    declare(a_lake)
    drop(a_lake, "a", [(1, 1, 5, 0)])
    a_lake.ingest_whole()
    before = set(a_lake.find("trusted.bikes").files["path"])
    drop(a_lake, "b", [(9, 1, 5, 0)])
    a_lake.ingest_whole()
    assert before < set(a_lake.find("trusted.bikes").files["path"])


def test_a_column_that_comes_later_makes_a_version(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2, valid_from: day, columns: {day: date}}")
    a_lake.drop("a.csv", "id,day\n1,2024-01-01\n2,2024-01-01\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "id,day,colour\n1,2024-01-02,red\n2,2024-01-02,\n")
    a_lake.ingest_whole()
    rows = a_lake.rows("trusted.bikes", "id", "colour", "valid_to")
    assert set(rows) == {(1, None, date(2024, 1, 2)), (1, "red", None), (2, None, None)}
    assert len(rows) == 3


def test_nested_and_missing_values_are_compared(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], write: scd2, valid_from: day, columns: {day: date}}")
    for day, tags in ((1, '["a"]'), (2, '["a"]'), (3, '["b"]'), (4, "null"), (5, "null")):
        a_lake.drop(f"{day}.json", f'[{{"id": 1, "day": "2024-01-0{day}", "tags": {tags}}}]')
        a_lake.ingest_whole()
    assert [tags for (tags,) in a_lake.rows("trusted.bikes", "tags")] == [["a"], ["b"], None]


def test_a_column_that_a_history_makes_is_refused(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2}")
    a_lake.drop("a.csv", "id,is_current\n1,true\n")
    (failure,) = a_lake.ingest().failures
    assert isinstance(failure.error, SchemaError)
    assert "source_is_current" in failure.error.mend


def test_a_time_that_is_none_is_refused(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2, valid_from: price}")
    a_lake.drop("a.csv", "id,price\n1,5\n")
    (failure,) = a_lake.ingest().failures
    assert "Int64" in str(failure.error)


@pytest.mark.parametrize("prices", [(5, 6), (5, 5)])
def test_a_table_that_was_upserted_becomes_a_history(a_lake, prices):
    bikes = "bikes: {{from: '*.csv', key: [id], write: {}, columns: {{id: int, price: int}}}}"
    a_lake.declare(bikes.format("upsert"))
    for number, price in enumerate(prices):
        ids = (1, 2) if number else (2, 1)
        a_lake.drop(f"{number}.csv", "id,price\n" + "".join(f"{key},{price}\n" for key in ids))
        a_lake.ingest_whole()
    a_lake.declare(bikes.format("scd2"))
    a_lake.drop("c.csv", "id,price\n1,7\n")
    a_lake.ingest_whole()
    rows = a_lake.frame("trusted.bikes").sort("id", "valid_from").select("id", "price", "is_current").rows()
    first = [(1, price, False) for price in dict.fromkeys(prices)]
    second = [(2, price, price == prices[-1]) for price in dict.fromkeys(prices)]
    assert rows == [*first, (1, 7, True), *second]


def test_an_exploitation_table_sees_the_version_closed(a_lake):
    declare(a_lake)
    a_lake.declare_table("prices", PRICES)
    for day, price in ((1, 5), (3, 6)):
        drop(a_lake, str(day), [(1, day, price, 0)])
        a_lake.ingest_whole()
    rows = a_lake.frame("exploitation.prices").sort("valid_from").select("price", "is_current").rows()
    assert rows == [(5, False), (6, True)]


def test_unique_is_measured_by_current_versions_of_other_keys(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], write: scd2, rules: [{unique: [plate]}]}")
    for number, rows in enumerate(["1,a\n", "1,b\n", "2,a\n", "3,b\n"]):
        a_lake.drop(f"{number}.csv", f"id,plate\n{rows}")
        a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "plate") == [(1, "a"), (1, "b"), (2, "a")]
    assert a_lake.count("quarantine.bikes") == 1
