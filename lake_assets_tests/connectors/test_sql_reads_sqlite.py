# The names in the statements are the tests' own.
# ruff: noqa: S608
import sqlite3
from contextlib import closing
from dataclasses import replace

import pyarrow as pa
import pytest

from lake_assets.errors import ConnectorError
from lake_assets.model import WriteMode
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.sql_source import connector, dataset, pull, tables


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs statements on a database in a file."""
    file = tmp_path / "a shop?.db"
    monkeypatch.setenv("LAKE_TEST_DATABASE", f"sqlite:///{file}")

    def statements(*texts):
        with closing(sqlite3.connect(file)) as connection, connection:
            for text in texts:
                connection.execute(text)

    return statements


def test_every_column_has_the_type_of_its_cells(run):
    run(
        "CREATE TABLE t (i, r, t, b, n, mixed)",
        "INSERT INTO t VALUES (NULL, NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO t VALUES (9223372036854775807, 0.1, 'caf\N{LATIN SMALL LETTER E WITH ACUTE}', x'00ff', NULL, 1)",
        "INSERT INTO t VALUES (-1, 2.0, '', x'', NULL, 0.1 + 0.2), (0, 3.5, 'x', x'01', NULL, 'text')",
        "INSERT INTO t VALUES (0, 3.5, 'x', x'01', NULL, x'0a')",
    )
    (found,) = tables(land(connector(), dataset("t"), Memory()))
    kinds = [pa.int64(), pa.float64(), pa.string(), pa.binary(), pa.string(), pa.string()]
    assert found.schema.types == kinds
    assert found["i"].to_pylist() == [None, 2**63 - 1, -1, 0, 0]
    assert found["r"].to_pylist() == [None, 0.1, 2.0, 3.5, 3.5]
    assert found["b"].to_pylist() == [None, b"\0\xff", b"", b"\1", b"\1"]
    assert found["mixed"].to_pylist() == [None, "1", "0.30000000000000004", "text", "0A"]


def test_a_type_that_comes_late_is_seen(run):
    run(
        "CREATE TABLE t (a, b)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
        "INSERT INTO t SELECT i, NULL FROM n",
        "INSERT INTO t VALUES (200001, 'late')",
        "INSERT INTO t VALUES (1.5, NULL)",
    )
    rows = pull(dataset("t"))
    assert len(rows) == 200_002
    assert rows[-2:] == [{"a": "200001", "b": "late"}, {"a": "1.5", "b": None}]


def test_an_empty_table_lands_with_its_columns(run):
    run("CREATE TABLE t (a INTEGER, b)")
    (found,) = tables(land(connector(), dataset("t"), Memory()))
    assert (found.num_rows, found.column_names) == (0, ["a", "b"])


@pytest.mark.parametrize(
    ("values", "state"),
    [(["1", "2", "10"], "10"), (["0.1", "2.5", "1e300"], "1e+300"), (["'a'", "'b''c'", "'c'"], "c")],
)
def test_increments(run, values, state):
    memory, declared = Memory(), dataset("t", incremental={"cursor_path": "id"})
    run("CREATE TABLE t (id, name)")
    assert pull(declared, memory) == []
    for number, value in enumerate(values):
        run(f"INSERT INTO t VALUES ({value}, {number})")
        assert [row["name"] for row in pull(declared, memory)] == [number]
        assert pull(declared, memory) == []
    assert f'"value": "{state}"' in memory.state


def test_a_cursor_of_several_types_is_refused(run):
    run("CREATE TABLE t (id)", "INSERT INTO t VALUES (1), ('a')")
    with pytest.raises(ConnectorError, match="or of several"):
        pull(dataset("t", incremental={"cursor_path": "id"}))


def test_a_table_of_any_name(run):
    run('CREATE TABLE "odd ""name"".x" ("select" int)', 'INSERT INTO "odd ""name"".x" VALUES (1)')
    assert pull(dataset('"odd ""name"".x"')) == [{"select": 1}]
    assert pull(dataset('main."odd ""name"".x"')) == [{"select": 1}]


def test_a_database_that_is_not_there_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(ConnectorError, match="no database file none"):
        pull(dataset("t"))
    assert not (tmp_path / "none.db").exists()


def test_a_path_is_from_the_project_folder(run, tmp_path, monkeypatch):
    run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    monkeypatch.setenv("LAKE_PROJECT", str(tmp_path))
    monkeypatch.setenv("LAKE_TEST_DATABASE", "sqlite:///a shop?.db")
    assert pull(dataset("t")) == [{"a": 1}]


def test_a_database_cannot_be_written_to(run):
    run("CREATE TABLE t (a)", "CREATE TABLE u (a)")
    with pytest.raises(ConnectorError):
        pull(dataset("WITH x AS (SELECT 1) INSERT INTO t SELECT 1"))
    assert pull(dataset("t")) == []


@pytest.mark.parametrize("origin", ['"', 'a"b', ""])
def test_what_names_no_table_is_refused(run, origin):
    run("CREATE TABLE t (a)")
    with pytest.raises(ConnectorError, match="is no table"):
        pull(dataset(origin))


@pytest.mark.parametrize("origin", ["nothing", "SELECT nothing", "SELECT FROM"])
def test_what_the_database_refuses_is_told(run, origin):
    run("CREATE TABLE t (a)")
    with pytest.raises(ConnectorError) as caught:
        pull(dataset(origin))
    assert "source shop, dataset orders" in caught.value.place
    assert caught.value.mend


@pytest.mark.parametrize("mode", [WriteMode.REPLACE, WriteMode.SNAPSHOT])
def test_where_a_file_is_the_whole_truth_all_rows_are_in_one(run, mode):
    run("CREATE TABLE t (id)", "INSERT INTO t VALUES (1), (2), (3)")
    whole = replace(dataset("t", max_rows=1), write_mode=mode)
    assert [found.num_rows for found in tables(land(connector(), whole, Memory()))] == [3]
    part = replace(dataset("t", incremental={"cursor_path": "id"}), write_mode=mode)
    with pytest.raises(ConnectorError, match=f"write: {mode.value} takes for all"):
        pull(part)
