"""Parquet and its kin keep their types on the way; a file that kills its reader is set aside, and the others go on."""

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pyarrow as pa

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.formats.tables import arrow_file, parquet

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


def _bikes(first: int) -> pa.Table:
    return pa.table(
        {
            "id": pa.array([first, first + 1], pa.uint32()),
            "big": pa.array([7, 2**64 - 1], pa.uint64()),
            "price": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
            "seen": pa.array([NOON, None], pa.timestamp("ns", "UTC")),
            "at": pa.array([{"lat": 1.5, "tags": ["a"]}, None]),
            "kind": pa.array(["city", None]).dictionary_encode(),
        }
    )


def test_types_arrive_in_trusted(a_lake):
    a_lake.declare("bikes: {from: '*.parquet', key: [id], columns: {price: float}}")
    a_lake.drop("a.parquet", parquet(_bikes(1)))
    a_lake.drop("b.parquet", parquet(_bikes(3)))
    a_lake.ingest_whole()
    frame = a_lake.frame("trusted.bikes").sort("_file", "_row")
    assert frame.schema["at"] == pl.Struct({"lat": pl.Float64, "tags": pl.List(pl.String)})
    assert frame["id"].to_list() == [1, 2, 3, 4]
    assert frame.select("price", "seen", "kind").rows()[0] == (1.5, NOON, "city")
    assert frame["big"].to_list() == [7, None, 7, None]
    assert frame["_rescued"][1] == f'{{"big":{2**64 - 1}}}'


def test_a_file_that_is_damaged_or_kills_its_reader_is_set_aside(a_lake):
    a_lake.declare("bikes: {from: '*.arrow', key: [id]}")
    good = arrow_file(pa.table({"id": [1, 2]}))
    a_lake.drop("a.arrow", good)
    a_lake.drop("b.arrow", good[: len(good) // 2])
    a_lake.drop("c.arrow", arrow_file(pa.table({"id": [3]})))
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes")
    assert [row[0] for row in a_lake.rows("trusted.bikes", "id")] == [1, 2, 3]
    ((row, reason),) = a_lake.rows("quarantine.bikes", "_row", "reason")
    assert row == 0
    assert "b.arrow" in reason
    assert formatted.problems == (reason,)


def test_an_archive_is_one_file_of_the_dataset(a_lake):
    import io
    import zipfile

    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("1.csv", "id,name\n1,Anna\n")
        archive.writestr("2.csv", "id,name\n2\n3,Ben\n")
    a_lake.declare("bikes: {from: '*.csv.zip', key: [id]}")
    a_lake.drop("a.csv.zip", sink.getvalue())
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "_row") == [(1, 1), (3, 3)]
    assert [row for (row,) in a_lake.rows("quarantine.bikes", "_row")] == [2]
