"""A file that is empty, refused or has but its header is no sign that what was wrong is right again."""

import pytest

from lake_assets.zones.note import standing_in

BIKES = """\
bikes:
  from: "*.csv"
  key: [id]
  columns: {id: int, price: int}
  rules:
    - {in_range: {price: [0, 9]}, severity: block}
    - {mean: {price: [0, 3]}, severity: block}
    - row_count: {min: 1}
    - {null_share: {column: price, max: 0.5, over: table}}
"""
SILENT = {"header only": "id,price\n", "no bytes": b"", "a picture": b"\x89PNG\r\n\x1a\n\x00\x00"}


def broken(a_lake, table="trusted.bikes"):
    return {verdict.rule_id for verdict in standing_in(a_lake.find(table)) if not verdict.is_kept}


@pytest.fixture
def bikes(a_lake):
    a_lake.declare_table("prices", "SELECT price FROM trusted.bikes")
    a_lake.declare(BIKES)
    a_lake.drop("1.csv", "id,price\n1,5\n2,77\n")
    a_lake.ingest()
    assert broken(a_lake) == {"price_in_range", "price_mean"}
    return a_lake


@pytest.mark.parametrize("content", SILENT.values(), ids=SILENT)
def test_what_blocked_blocks(bikes, content):
    bikes.drop("2.csv", content)
    report = bikes.ingest()
    assert broken(bikes) == {"price_in_range", "price_mean", "row_count"}
    assert any("price_in_range" in str(failure.error) for failure in report.failures)
    assert bikes.find("exploitation.prices") is None


def test_rows_that_are_right_put_it_right(bikes):
    bikes.drop("2.csv", "id,price\n")
    bikes.ingest()
    bikes.drop("3.csv", "id,price\n3,1\n")
    bikes.ingest_whole()
    assert broken(bikes) == set()
    assert sorted(bikes.rows("exploitation.prices")) == [(1,), (5,)]


def test_a_rule_about_the_whole_table_is_judged(bikes):
    (share,) = (
        each for each in standing_in(bikes.find("trusted.bikes")) if each.rule_id == "price_null_share"
    )
    bikes.declare(BIKES.replace("max: 0.5", "min: 0.5, max: 1"))
    bikes.drop("2.csv", "id,price\n")
    bikes.ingest()
    assert share.is_kept
    assert "price_null_share" in broken(bikes)


def test_what_is_fresh_stays_so(a_lake):
    a_lake.declare(
        "bikes: {from: '*.csv', columns: {id: int, day: date}, rules: [{freshness: {day: 9000d}, severity: block}]}"
    )
    a_lake.drop("1.csv", "id,day\n1,2024-01-01\n")
    a_lake.ingest_whole()
    before = standing_in(a_lake.find("trusted.bikes"))
    a_lake.drop("2.csv", "id,day\n")
    a_lake.ingest_whole()
    assert standing_in(a_lake.find("trusted.bikes")) == before


def test_elements_that_do_not_come_put_nothing_right(a_lake):
    rule = "{in_range: {price: [0, 9]}, severity: block}"
    child = f"{{of: parts, rules: [{rule}]}}"
    a_lake.declare(f"bikes: {{from: '*.json', format: json, key: [id], children: {{parts: {child}}}}}")
    a_lake.drop("1.json", '[{"id": 1, "parts": [{"price": 5}, {"price": 77}]}]')
    a_lake.ingest()
    a_lake.drop("2.json", '[{"id": 2, "parts": []}]')
    a_lake.ingest()
    assert broken(a_lake, "trusted.parts") == {"price_in_range"}
