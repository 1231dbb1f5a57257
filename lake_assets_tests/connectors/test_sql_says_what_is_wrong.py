import sys
import traceback

import pytest

from lake_assets.errors import ConnectorError, DeclarationError, SettingsError
from lake_assets_tests.connectors.sql_source import connector, dataset, pull

SECRET = "s3cr3t-of-the-tests"


def refusal(declared):
    with pytest.raises(ConnectorError) as caught:
        pull(declared)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert "source shop, dataset orders" in caught.value.place
    return caught.value


@pytest.mark.parametrize(
    "uri", [f"postgresql://lake:{SECRET}@host/db", "sqlite:///x.db", "${A}${B}", "x${A}", ""]
)
def test_an_address_must_be_named(uri):
    with pytest.raises(DeclarationError, match="it may hold a password") as caught:
        connector(uri=uri)
    assert SECRET not in str(caught.value)


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("LAKE_TEST_DATABASE", raising=False)
    with pytest.raises(SettingsError, match="LAKE_TEST_DATABASE"):
        pull(dataset("t"))


@pytest.mark.parametrize("uri", [f"mysql://u:{SECRET}@host/db", SECRET, f"postgresql:/{SECRET}"])
def test_a_database_that_is_not_known_here(monkeypatch, uri):
    monkeypatch.setenv("LAKE_TEST_DATABASE", uri)
    error = refusal(dataset("t"))
    assert "no database that is known here" in error.what
    assert "postgresql://" in error.mend


def test_nobody_listens(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", f"postgresql://lake:{SECRET}@127.0.0.1:1/postgres")
    error = refusal(dataset("t"))
    assert error.what.startswith("the database cannot be reached")


def test_an_address_that_is_none(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", f"postgresql://lake:{SECRET}@127.0.0.1:port/postgres?x={SECRET}")
    refusal(dataset("t"))


@pytest.mark.parametrize("module", ["adbc_driver_manager", "adbc_driver_postgresql", "adbc_driver_sqlite"])
def test_a_missing_extra_is_named(monkeypatch, module):
    scheme = "sqlite:///x.db" if module == "adbc_driver_sqlite" else "postgresql://h/d"
    monkeypatch.setenv("LAKE_TEST_DATABASE", scheme)
    monkeypatch.setitem(sys.modules, module, None)
    error = refusal(dataset("t"))
    assert error.what == f"the library {module} is not installed"
    assert error.mend == "pip install 'lake-assets[sql]'"


@pytest.fixture
def database(postgres, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", postgres.uri)
    return postgres


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("origin", "what", "mend"),
    [
        ("no_such_table", "there is no such table", "correct from"),
        ("no_such_schema.t", "there is no such table", "correct from"),
        ("SELECT no_such_column", "there is no such column", "correct cursor_path"),
        ("SELECT FROM WHERE", "the query cannot be run", "correct the query"),
        ("SELECT 1 / 0 AS x", "the database answers with an error", "correct from"),
        (
            "WITH x AS (INSERT INTO pg_class SELECT * FROM pg_class RETURNING 1) SELECT * FROM x",
            "WITH clause",
            "",
        ),
    ],
)
def test_what_the_database_refuses_is_told(database, origin, what, mend):
    error = refusal(dataset(origin))
    assert what in error.what
    assert mend in error.mend


@pytest.mark.heavy
def test_a_right_that_is_missing(database, monkeypatch):
    schema = database.new_schema()
    database.run(
        f"CREATE TABLE {schema}.t (a int)",
        f"CREATE ROLE {schema} LOGIN PASSWORD '{SECRET}'",
        f"GRANT USAGE ON SCHEMA {schema} TO {schema}",
    )
    monkeypatch.setenv(
        "LAKE_TEST_DATABASE", f"postgresql://{schema}:{SECRET}@127.0.0.1:{database.port}/postgres"
    )
    error = refusal(dataset(f"{schema}.t"))
    assert error.what.startswith("the database forbids it")
    assert "ask its owner" in error.mend


@pytest.mark.heavy
def test_a_wrong_password(database, monkeypatch):
    monkeypatch.setenv(
        "LAKE_TEST_DATABASE", f"postgresql://lake:wr0ng-s3cret@127.0.0.1:{database.port}/postgres"
    )
    error = refusal(dataset("t"))
    assert "password authentication failed" in error.what
    assert "wr0ng" not in str(error)


@pytest.mark.heavy
def test_a_database_of_another_name(database, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", database.uri.replace("/postgres", "/nothing"))
    assert "nothing" in refusal(dataset("t")).what
