import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

RULES = """\
import polars as pl


def size_is_large() -> pl.Expr:
    \"\"\"The size is above 3.\"\"\"
    return pl.col("size").str.to_integer({strict}) > 3
"""
STRICT, LENIENT = RULES.format(strict=""), RULES.format(strict="strict=False")
BIKES = """\
bikes:
  from: "*.csv"
  key: [id]
  columns: {{id: int, size: text}}
  rules: [not_null: id, {rule}, length: {{size: [1, 9]}}]
"""
FUNCTION = "{function: rules.py:size_is_large, id: large, severity: warn}"
SQL = "{expression: {sql: \"STRPTIME(size, '%Y') > DATE '2000-01-01'\"}, id: young}"


@pytest.fixture
def bikes(a_lake):
    a_lake.write("defs/inbox/rules.py", STRICT)
    a_lake.declare(BIKES.format(rule=FUNCTION))
    a_lake.drop("1.csv", "id,size\n1,5\n2,huge\n3,1\n")
    return a_lake


def failure(report, table="bikes"):
    (found,) = (each for each in report.failures if each.table == table)
    return found.error


def test_by_its_id_column_and_what_to_mend(bikes):
    error = failure(bikes.ingest())
    assert error.what == "the rule stops at a value: strict integer parsing failed"
    assert error.place == "rule large of trusted.bikes, column size"
    assert "strict=False" in error.mend


def test_without_the_value(bikes):
    assert "huge" not in str(failure(bikes.ingest()))


def test_and_once_it_is_mended_nothing_is_lost(bikes):
    bikes.ingest()
    bikes.write("defs/inbox/rules.py", LENIENT)
    assert step(bikes.ingest_whole(), Zone.TRUSTED, "bikes").rows_out == 3
    assert bikes.count("trusted.bikes") == 3


def test_when_rows_are_taken_in_again(bikes):
    bikes.write("defs/inbox/rules.py", LENIENT)
    bikes.declare(BIKES.format(rule="in_set: {size: ['5']}"))
    bikes.ingest_whole()
    bikes.declare(BIKES.format(rule=FUNCTION))
    bikes.write("defs/inbox/rules.py", STRICT)
    error = failure(bikes.lake.replay("bikes", "sizes are words too"))
    assert error.place == "rule large of trusted.bikes, column size"
    assert bikes.count("quarantine.bikes") == 2


def test_of_an_exploitation_table(a_lake):
    a_lake.declare("bikes: {from: '*.csv', columns: {id: int, size: text}}")
    a_lake.write("defs/exploitation/rules.py", STRICT)
    a_lake.declare_table(
        "sizes", "/*\nrules: [{function: rules.py:size_is_large}]\n*/\nSELECT size FROM trusted.bikes"
    )
    a_lake.drop("1.csv", "id,size\n1,huge\n")
    error = failure(a_lake.ingest(), "sizes")
    assert error.place == "rule size_is_large of exploitation.sizes, column size"


def test_of_a_child_table(a_lake):
    a_lake.write("defs/inbox/rules.py", STRICT)
    child = "{of: parts, rules: [function: rules.py:size_is_large]}"
    a_lake.declare(f"bikes: {{from: '*.json', format: json, key: [id], children: {{parts: {child}}}}}")
    a_lake.drop("1.json", '[{"id": 1, "parts": [{"size": "5"}, {"size": "huge"}]}]')
    assert failure(a_lake.ingest(), "parts").place == "rule size_is_large of trusted.parts, column size"


def test_sql_that_takes_a_text_apart_gives_null_where_it_does_not_fit(a_lake):
    a_lake.declare(BIKES.format(rule=SQL))
    a_lake.drop("1.csv", "id,size\n1,2024\n2,huge\n3,1999\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id") == [(1,), (2,)]
    assert a_lake.rows("quarantine.bikes", "_row") == [(3,)]


def test_what_is_no_rule_is_told_as_it_is(bikes):
    bikes.write("defs/inbox/rules.py", LENIENT)
    bikes.ingest_whole()
    assert bikes.ingest().failures == []
