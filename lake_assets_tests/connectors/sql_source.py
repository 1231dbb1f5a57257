"""What tests of SQL sources share: a source of a database, and what lands of it as a table."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.connectors.sql import Sql
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, Taken, land


def connector(**options: object) -> Sql:
    """A connector to the database that LAKE_TEST_DATABASE names."""
    return Sql(Source("shop", "sql", {"uri": "${LAKE_TEST_DATABASE}", **options}))


def dataset(origin: str, key: tuple[str, ...] = (), **options: object) -> Dataset:
    return Dataset("orders", "shop", origin=origin, key=key, connector_options=options)


def tables(taken: list[Taken]) -> list[pa.Table]:
    """Each landed file as a table."""
    return [pq.read_table(io.BytesIO(one.content)) for one in taken]


def pull(declared: Dataset, memory: Memory | None = None) -> list[dict[str, object]]:
    """The rows of all files of one look."""
    landed = land(connector(), declared, Memory() if memory is None else memory)
    return [row for table in tables(landed) for row in table.to_pylist()]
