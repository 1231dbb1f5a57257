"""A database is a source of its tables: their keys, and what may tell new rows; its address is not written down."""

import sqlite3
from contextlib import closing

import pytest

from lake_assets.errors import ConnectorError, SettingsError
from lake_assets.inference import as_document, infer_source, yaml_text
from lake_assets_tests.connectors.postgres_server import SECRET, postgres_server

_ORDERS = [
    (number, f"c{number}", number / 2, f"2024-01-{1 + number % 28:02d}T00:00:00Z") for number in range(120)
]


def _infer(project, what, name=""):
    return infer_source(what, project.folder, name)


@pytest.fixture
def shop(project):
    with closing(sqlite3.connect(project.folder / "My-Shop.db")) as connection, connection:
        connection.executescript(
            """
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL, updated_at TEXT);
            CREATE TABLE "Order Lines" (order_id INT, line INT, sku TEXT, PRIMARY KEY (order_id, line));
            CREATE TABLE log (what TEXT, updated_at TEXT);
            CREATE TABLE nothing_yet (a, b);
            CREATE VIEW seen AS SELECT * FROM orders;
            """
        )
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", _ORDERS)
        connection.execute("INSERT INTO \"Order Lines\" VALUES (1, 1, 'a'), (1, 2, 'b')")
        connection.execute("INSERT INTO log VALUES ('x', '2024-01-01T00:00:00Z')")
    return "sqlite:///My-Shop.db"


def test_each_table_is_a_dataset_with_the_key_it_has(project, shop):
    draft = project.infer(shop)
    assert draft.name == "my_shop"
    found = {each.origin: (each.name, each.keys.best) for each in draft.datasets}
    assert found == {
        '"Order Lines"': ("order_lines", ("order_id", "line")),
        "log": ("log", ()),
        "nothing_yet": ("nothing_yet", ()),
        "orders": ("orders", ("id",)),
    }


def test_a_cursor_is_declared_only_beside_a_key_where_it_tells_changes(project, shop, as_declared):
    draft = project.infer(shop)
    datasets = as_declared(draft)["datasets"]
    assert datasets["orders"]["options"] == {"incremental": {"cursor_path": "updated_at"}}
    assert [name for name, each in datasets.items() if "options" in each] == ["orders"]
    log, orders = (each for each in as_document(draft)["datasets"] if each["name"] in {"log", "orders"})
    assert log["other_options"] == [{"incremental": {"cursor_path": "updated_at"}}]
    assert orders["other_options"] == [{"incremental": {"cursor_path": "id"}}]
    assert "# options: {incremental: {cursor_path: id}}" in yaml_text(draft)


def test_what_is_inferred_ingests(project, shop, monkeypatch):
    draft = project.infer(shop)
    monkeypatch.setenv("MY_SHOP_DATABASE", shop)
    project.declare(draft)
    assert not project.lake.ingest().failures
    assert project.lake.scan("trusted.orders").collect().height == len(_ORDERS)
    assert project.lake.scan("trusted.order_lines").collect().height == 2


def test_the_variable_that_holds_the_address_may_be_named(project, shop, monkeypatch):
    monkeypatch.setenv("WHERE_THE_SHOP_IS", shop)
    draft = _infer(project, "${WHERE_THE_SHOP_IS}", "shop")
    assert draft.connector_options == {"uri": "${WHERE_THE_SHOP_IS}"}
    assert draft.name == "shop"
    assert "My-Shop.db" not in yaml_text(draft)


def test_an_address_with_a_secret_is_refused_and_not_shown(project):
    for address in (
        f"postgresql://lake:{SECRET}@127.0.0.1/shop",
        f"postgresql://127.0.0.1/shop?password={SECRET}",
    ):
        with pytest.raises(ConnectorError, match="holds a secret") as caught:
            project.infer(address)
        assert SECRET not in str(caught.value)
        assert "SHOP_DATABASE" in caught.value.mend


def test_a_variable_that_is_not_set_is_named(project):
    with pytest.raises(SettingsError, match="NO_SUCH_DATABASE"):
        _infer(project, "${NO_SUCH_DATABASE}")


def test_a_database_without_tables_is_refused(project):
    sqlite3.connect(project.folder / "empty.db").close()
    with pytest.raises(ConnectorError, match="no table"):
        project.infer("sqlite:///empty.db")


def test_a_database_that_is_not_there_is_told(project):
    with pytest.raises(ConnectorError, match="no database file nowhere"):
        project.infer("sqlite:///nowhere.db")


@pytest.mark.heavy
def test_tables_of_postgresql_are_found_with_their_schemas(project, monkeypatch):
    with postgres_server() as server:
        server.run(
            "CREATE SCHEMA sales",
            'CREATE TABLE sales."Orders" (b int, a int, total numeric, updated_at timestamptz, PRIMARY KEY (a, b))',
            "INSERT INTO sales.\"Orders\" VALUES (1, 2, 3.5, '2024-01-01Z'), (1, 3, 4.25, '2024-01-02Z')",
            "CREATE TABLE days (id int, day date) PARTITION BY RANGE (day)",
            "CREATE TABLE days_2024 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
            "INSERT INTO days VALUES (1, '2024-05-01')",
            "CREATE VIEW seen AS SELECT 1",
        )
        monkeypatch.setenv("SHOP_DATABASE", server.uri)
        draft = _infer(project, "${SHOP_DATABASE}")
        assert {each.origin: each.keys.best for each in draft.datasets} == {
            "public.days": (),
            "sales.Orders": ("a", "b"),
        }
        assert SECRET not in yaml_text(draft)
        project.declare(draft)
        assert not project.lake.ingest().failures
        rows = project.lake.scan("trusted.orders").collect()
    assert sorted(rows["a"].to_list()) == [2, 3]
    orders = next(each for each in draft.datasets if each.name == "orders")
    assert orders.dataset_options == {"incremental": {"cursor_path": "updated_at"}}
