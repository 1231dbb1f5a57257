# The names in the statements are the tests' own.
# ruff: noqa: S608
import io
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import SECRET, ConnectorContract, PlainOutside

pytestmark = pytest.mark.heavy

INCREMENTAL = {"incremental": {"cursor_path": "id"}, "max_rows": 2}


@dataclass
class Orders(PlainOutside):
    """A table that grows; two rows land as one file."""

    server: object = None
    table: str = ""
    rows: list[int] = field(default_factory=list)

    def touched(self) -> int:
        return 0

    def insert(self, *ids: int) -> None:
        for number in ids:
            self.server.run(f"INSERT INTO {self.table} VALUES ({number}, 'name {number}')")

    def add(self) -> bytes:
        self.insert(100)
        return parquet(100)


def parquet(*ids: int) -> bytes:
    into = io.BytesIO()
    columns = {"id": pa.array(ids, pa.int32()), "name": [f"name {number}" for number in ids]}
    pq.write_table(pa.table(columns), into, compression="zstd")
    return into.getvalue()


class TestSql(ConnectorContract):
    kind = "sql"

    @pytest.fixture
    def outside(self, postgres, monkeypatch):
        monkeypatch.setenv("LAKE_TEST_DATABASE", postgres.uri)
        monkeypatch.setenv("LAKE_TEST_NOWHERE", f"postgresql://lake:{SECRET}@127.0.0.1:1/postgres")
        table = f"{postgres.new_schema()}.orders"
        postgres.run(f"CREATE TABLE {table} (id integer, name text)")
        source = Source("shop", "sql", {"uri": "${LAKE_TEST_DATABASE}"})
        gone = Source("shop", "sql", {"uri": "${LAKE_TEST_NOWHERE}"})
        dataset = Dataset("orders", "shop", origin=table, connector_options=INCREMENTAL)
        orders = Orders(source, dataset, gone, server=postgres, table=table)
        orders.insert(3, 1, 2, 5, 4)
        orders.expected = [parquet(1, 2), parquet(3, 4), parquet(5)]
        return orders
