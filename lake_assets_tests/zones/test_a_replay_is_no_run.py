"""Rules about the rows of a run look at runs: what a replay takes back is none."""

import pytest

from lake_assets.zones.note import standing_in

BIKES = """\
bikes:
  from: "*.csv"
  key: [id]
  columns: {{id: int, price: int}}
  rules: [in_range: {{price: [0, {most}]}}, {rule}]
"""
FILE = "id,price\n" + "".join(f"{number},{price}\n" for number, price in enumerate([1, 2, 3, 4, 70]))
FEW = "{row_count: {min: 3}, severity: block}"


def declare(a_lake, rule, most=9):
    a_lake.declare(BIKES.format(rule=rule, most=most))


def verdict(a_lake, kind):
    standing = standing_in(a_lake.find("trusted.bikes"))
    (found,) = (each for each in standing if each.rule_id.endswith(kind))
    return found


@pytest.fixture
def bikes(a_lake):
    a_lake.declare_table("prices", "SELECT price FROM trusted.bikes")
    declare(a_lake, FEW)
    a_lake.drop("1.csv", FILE)
    a_lake.ingest_whole()
    return a_lake


def test_few_rows_that_come_back_block_nothing(bikes):
    declare(bikes, FEW, most=99)
    assert bikes.lake.replay("bikes", "dear ones").failures == []
    assert sorted(bikes.rows("exploitation.prices")) == [(1,), (2,), (3,), (4,), (70,)]
    assert (verdict(bikes, "row_count").measured, verdict(bikes, "row_count").judged) == (4, 4)


@pytest.mark.parametrize(("least", "blocks"), [(4, False), (5, True)])
def test_a_mended_bound_is_held_against_what_the_run_brought(bikes, least, blocks):
    declare(bikes, FEW.replace("3", str(least)), most=99)
    bikes.lake.replay("bikes", "dear ones, and other bounds")
    found = verdict(bikes, "row_count")
    assert found.blocks is blocks
    assert found.example == ("4 rows, not at least 5" if blocks else "")


def test_a_new_rule_waits_for_a_run(bikes):
    declare(bikes, "{mean: {price: [0, 50]}, severity: block}", most=99)
    assert bikes.lake.replay("bikes", "dear ones").failures == []
    assert verdict(bikes, "mean").is_kept
    assert verdict(bikes, "mean").measured is None


def test_a_figure_is_compared_with_that_of_the_last_run(a_lake):
    declare(a_lake, "stable: {price: 0.5}")
    a_lake.drop("1.csv", FILE)
    a_lake.ingest_whole()
    declare(a_lake, "stable: {price: 0.5}", most=99)
    a_lake.lake.replay("bikes", "dear ones")
    a_lake.drop("2.csv", "id,price\n7,2\n8,3\n")
    a_lake.ingest_whole()
    assert verdict(a_lake, "stable").is_kept


def test_a_rule_about_the_whole_table_sees_what_came_back(a_lake):
    declare(a_lake, "{mean: {column: price, max: 5, over: table}}")
    a_lake.drop("1.csv", FILE)
    a_lake.ingest_whole()
    assert verdict(a_lake, "mean").is_kept
    declare(a_lake, "{mean: {column: price, max: 5, over: table}}", most=99)
    a_lake.lake.replay("bikes", "dear ones")
    assert verdict(a_lake, "mean").measured == 16
