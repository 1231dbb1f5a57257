# The names in the statements are the tests' own.
# ruff: noqa: S608
import json
from itertools import pairwise

import pytest

from lake_assets.errors import ConnectorError
from lake_assets_tests.connectors.memory import Memory, fetched, land, land_until_refused
from lake_assets_tests.connectors.sql_source import connector, dataset, pull, tables
from lake_assets_tests.flow.a_lake import ALake

pytestmark = pytest.mark.heavy

KINDS = {
    "smallint": ["1", "2", "9", "10"],
    "bigint": ["1", "2", "9", "10"],
    "numeric": ["'1.10'", "'1.9'", "'9.99'", "'12345678901234567890.5'"],
    "double precision": ["0.1", "0.3", "1e10", "1e300"],
    "date": ["'2024-01-31'", "'2024-02-01'", "'2024-02-29'", "'2024-03-01'"],
    "timestamp": ["'2024-01-31 12:00'", "'2024-01-31 12:00:00.000001'", "'2024-02-29'", "'2024-03-01'"],
    "timestamptz": [
        "'2024-03-10 01:59+00'",
        "'2024-03-10 02:00:00.000001+00'",
        "'2024-03-11Z'",
        "'2025-01-01Z'",
    ],
    "text": ["'a''b'", r"'a\b'", "'b'", "'c'"],
    "varchar(9)": ["'a'", "'b'", "'c'", "'d'"],
}


@pytest.fixture
def database(postgres, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", postgres.uri)
    return postgres


def new_table(database, kind="integer"):
    table = f"{database.new_schema()}.orders"
    database.run(f"CREATE TABLE {table} (id {kind}, name text)")
    return table


@pytest.mark.parametrize("kind", KINDS)
def test_a_cursor_of_any_type_goes_on_exactly_where_it_was(database, kind):
    table, memory = new_table(database, kind), Memory()
    declared = dataset(table, incremental={"cursor_path": "id"})
    for number, value in enumerate(KINDS[kind]):
        database.run(f"INSERT INTO {table} VALUES ({value}, 'row {number}')")
        assert [row["name"] for row in pull(declared, memory)] == [f"row {number}"]
        assert pull(declared, memory) == []


def test_rows_of_one_cursor_are_not_divided(database):
    table = new_table(database)
    for number in (1, 1, 2, 3, 3, 3, 4, 5):
        database.run(f"INSERT INTO {table} VALUES ({number}, 'x')")
    declared = dataset(table, incremental={"cursor_path": "id"}, max_rows=2)
    landed = land(connector(), declared, Memory())
    assert [table["id"].to_pylist() for table in tables(landed)] == [[1, 1], [2, 3, 3, 3], [4, 5]]
    assert [json.loads(one.state)["value"] for one in landed] == ["1", "3", "5"]


def test_large_increments_are_divided_within_and_across_batches(database):
    query = "SELECT n / 7 AS id, repeat('x', 200) AS t FROM generate_series(0, 299999) AS n"
    landed = land(connector(), dataset(query, incremental={"cursor_path": "id"}, max_rows=50_000), Memory())
    found = [table["id"].to_pylist() for table in tables(landed)]
    assert [number for ids in found for number in ids] == [number // 7 for number in range(300_000)]
    assert all(first[-1] < second[0] for first, second in pairwise(found))
    assert max(map(len, found)) < 50_010


def test_rows_before_the_initial_value_are_left_out(database):
    table = new_table(database, "timestamptz")
    database.run(f"INSERT INTO {table} VALUES ('2023-12-31 23:59Z', 'old'), ('2024-01-01Z', 'new')")
    declared = dataset(table, incremental={"cursor_path": "id", "initial_value": "2024-01-01"})
    assert [row["name"] for row in pull(declared)] == ["new"]


def test_a_lag_finds_rows_that_come_late(database):
    table, memory = new_table(database, "timestamptz"), Memory()
    declared = dataset(table, key=("name",), incremental={"cursor_path": "id", "lag": 3600})
    database.run(f"INSERT INTO {table} VALUES ('2024-01-01 10:00Z', 'a'), ('2024-01-01 12:00Z', 'b')")
    assert [row["name"] for row in pull(declared, memory)] == ["a", "b"]
    database.run(
        f"INSERT INTO {table} VALUES ('2024-01-01 11:30Z', 'late'), ('2024-01-01 10:30Z', 'too late')"
    )
    assert [row["name"] for row in pull(declared, memory)] == ["late", "b"]
    assert pull(declared, memory) == []
    assert json.loads(memory.state)["value"] == "2024-01-01T12:00:00+00:00"


def test_a_lag_takes_a_key(database):
    table, memory = new_table(database), Memory()
    database.run(f"INSERT INTO {table} VALUES (1, 'a')")
    declared = dataset(table, incremental={"cursor_path": "id", "lag": 1})
    pull(declared, memory)
    with pytest.raises(ConnectorError, match="with a lag rows come more than once"):
        pull(declared, memory)


def test_there_is_no_lag_behind_a_text(database):
    table, memory = new_table(database, "text"), Memory()
    database.run(f"INSERT INTO {table} VALUES ('a', 'a')")
    declared = dataset(table, key=("id",), incremental={"cursor_path": "id", "lag": 1})
    pull(declared, memory)
    with pytest.raises(ConnectorError, match="there is no lag behind a text"):
        pull(declared, memory)


@pytest.mark.parametrize("lag", [1, 0.5])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"text", "varchar(9)"}])
def test_every_other_type_has_a_lag(database, kind, lag):
    table, memory = new_table(database, kind), Memory()
    declared = dataset(table, key=("id",), incremental={"cursor_path": "id", "lag": lag})
    for value in KINDS[kind]:
        database.run(f"INSERT INTO {table} VALUES ({value}, '{value.strip(chr(39))}')")
    pull(declared, memory)
    assert pull(declared, memory)[-1]["name"] == KINDS[kind][-1].strip("'")
    assert pull(declared, memory) == []


def test_rows_without_a_cursor_are_told_and_the_others_land(database):
    table = new_table(database)
    database.run(f"INSERT INTO {table} VALUES (1, 'a'), (NULL, 'lost')")
    taken, error = land_until_refused(
        connector(), dataset(table, incremental={"cursor_path": "id"}), Memory()
    )
    assert tables(taken)[0].num_rows == 1
    assert error.what == "rows have no id, and are not landed"
    database.run(f"DELETE FROM {table} WHERE id = 1")
    with pytest.raises(ConnectorError, match="rows have no id"):
        pull(dataset(table, incremental={"cursor_path": "id"}))


@pytest.mark.parametrize(
    ("kind", "value", "what"),
    [
        ("numeric", "'NaN'", "past all numbers"),
        ("double precision", "'Infinity'", "past all numbers"),
        ("timestamptz", "'infinity'", "past all that can be told"),
        ("bytea", "'x'", "of a type that cannot be compared"),
    ],
)
def test_a_cursor_that_nothing_can_follow_is_refused(database, kind, value, what):
    table = new_table(database, kind)
    database.run(f"INSERT INTO {table} VALUES ({value}, 'a')")
    with pytest.raises(ConnectorError, match=what):
        pull(dataset(table, incremental={"cursor_path": "id"}))


def test_a_column_that_changed_its_type_is_refused(database):
    table, memory = new_table(database), Memory()
    database.run(f"INSERT INTO {table} VALUES (1, 'a')")
    pull(dataset(table, incremental={"cursor_path": "id"}), memory)
    database.run(f"ALTER TABLE {table} ALTER id TYPE text")
    with pytest.raises(ConnectorError, match="the cursor is id, of type text, but was id, of type integer"):
        pull(dataset(table, incremental={"cursor_path": "id"}), memory)


@pytest.mark.parametrize(
    ("kind", "value"), [("integer", "x"), ("integer", 1.5), ("date", "May"), ("timestamp", "2024Z")]
)
def test_an_initial_value_of_another_type_is_refused(database, kind, value):
    table = new_table(database, kind)
    now = "now()" if kind != "integer" else "1"
    database.run(f"INSERT INTO {table} VALUES ({now}, 'a')")
    with pytest.raises(ConnectorError, match=f"is no cursor of type {kind}"):
        pull(dataset(table, incremental={"cursor_path": "id", "initial_value": value}))


def test_an_unknown_cursor_names_the_near_ones(database):
    with pytest.raises(ConnectorError, match="there is no column 'nam'") as caught:
        pull(dataset(new_table(database), incremental={"cursor_path": "nam"}))
    assert "did you mean name?" in caught.value.mend


def test_all_rows_land_again_only_when_one_changed(database):
    table, memory = new_table(database), Memory()
    database.run(f"INSERT INTO {table} SELECT n, 'x' FROM generate_series(1, 100000) AS n")
    assert len(pull(dataset(table), memory)) == 100_000
    assert pull(dataset(table), memory) == []
    database.run(f"UPDATE {table} SET name = 'y' WHERE id = 77")
    assert len(pull(dataset(table), memory)) == 100_000
    assert pull(dataset(table), memory) == []


def test_a_look_reads_one_snapshot(database):
    table = new_table(database)
    database.run(f"INSERT INTO {table} SELECT n, 'x' FROM generate_series(1, 100000) AS n")
    arrivals = connector().discover(
        dataset(table, incremental={"cursor_path": "id"}, max_rows=10_000), Memory()
    )
    taken = [fetched(next(arrivals))]
    database.run(
        f"INSERT INTO {table} VALUES (0, 'before'), (200000, 'after')", f"UPDATE {table} SET name = 'y'"
    )
    taken += [fetched(arrival) for arrival in arrivals]
    rows = [row for table in tables(taken) for row in table.to_pylist()]
    assert rows == [{"id": number, "name": "x"} for number in range(1, 100_001)]


def test_the_rows_of_a_lake_are_those_of_the_table(database, tmp_path):
    table, a_lake = new_table(database), ALake(tmp_path)
    a_lake.write(
        "defs/shop/defs.yaml",
        'type: lake_assets.Source\nattributes:\n  connector: {kind: sql, uri: "${LAKE_TEST_DATABASE}"}\n'
        f"  datasets:\n    orders: {{from: {table}, options: {{incremental: {{cursor_path: id}}, max_rows: 3}}}}\n",
    )
    for start in (0, 10, 20):
        database.run(f"INSERT INTO {table} SELECT n, 'x' FROM generate_series({start}, {start + 9}) AS n")
        a_lake.ingest_whole()
    assert sorted(a_lake.rows("trusted.orders", "id")) == [(number,) for number in range(30)]
    assert not a_lake.ingest_whole().is_changed


def test_an_arrival_is_fetched_before_the_next_one_is_asked_for(database):
    table = new_table(database)
    database.run(f"INSERT INTO {table} VALUES (1, 'a'), (2, 'b')")
    arrivals = list(
        connector().discover(dataset(table, incremental={"cursor_path": "id"}, max_rows=1), Memory())
    )
    with pytest.raises(ConnectorError, match="no longer held"):
        fetched(arrivals[0])
