"""W1 with dlt's Arrow path: Arrow batches through extract, normalise and load into Delta tables.

Usage: w1_dlt STEP DATA, in the folder that the output goes to.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.dataset as pa_dataset

from benchmarks.contestants.step import run_step
from benchmarks.contestants.tpch import COLUMNS, DAY_FORMAT, QUERIES, TABLES

_TYPES = {"int": pa.int64(), "float": pa.float64(), "date": pa.string(), "text": pa.string()}
_BLOCK_BYTES = 16 << 20
Batches = Callable[[], Iterable[pa.RecordBatch | pa.Table]]


def formatted(data: Path, tables: tuple[str, ...] = ("lineitem",)) -> None:
    """CSV to typed Delta; a day that does not parse becomes null, without a trace."""
    _load("formatted", {table: partial(_read, data, table) for table in tables})


def chain(data: Path) -> None:
    """Formatted, then the row rules, then the three queries; no unique key, no quarantine."""
    formatted(data, TABLES)
    _load("trusted", {table: partial(_trusted, table) for table in TABLES})
    _load("exploitation", {name: partial(_query, query) for name, query in QUERIES.items()})


def _load(zone: str, tables: dict[str, Batches]) -> None:
    dlt = importlib.import_module("dlt")  # it is installed in the environment of this peer only
    destination = dlt.destinations.filesystem(bucket_url=Path.cwd().as_uri())
    pipeline = dlt.pipeline(
        zone, destination=destination, dataset_name=zone, pipelines_dir=str(Path.cwd() / "state")
    )
    resources = [dlt.resource(read(), name=name, table_format="delta") for name, read in tables.items()]
    pipeline.run(resources, write_disposition="replace").raise_on_failed_jobs()


def _read(data: Path, table: str) -> Iterator[pa.RecordBatch]:
    types = {name: _TYPES[kind] for name, kind in COLUMNS[table].items()}
    days = [name for name, kind in COLUMNS[table].items() if kind == "date"]
    convert = pa_csv.ConvertOptions(column_types=types)
    read = pa_csv.ReadOptions(block_size=_BLOCK_BYTES)
    for batch in pa_csv.open_csv(data / "csv" / table / f"{table}.csv", read, convert_options=convert):
        yield _parse_days(batch, days)


def _parse_days(batch: pa.RecordBatch, days: list[str]) -> pa.RecordBatch:
    for name in days:
        options = pc.StrptimeOptions(format=DAY_FORMAT, unit="s", error_is_null=True)
        parsed = pc.call_function("strptime", [batch[name]], options).cast(pa.date32())
        batch = batch.set_column(batch.schema.get_field_index(name), name, parsed)
    return batch


def _trusted(table: str) -> Iterator[pa.RecordBatch]:
    rows = pa_dataset.dataset(f"formatted/{table}", format="parquet", exclude_invalid_files=True)
    yield from rows.to_batches(filter=_rules() if table == "lineitem" else None)


def _rules() -> pc.Expression:
    suppliers = pa_dataset.dataset("formatted/supplier", format="parquet").to_table(columns=["s_suppkey"])
    field = pc.field
    keys = field("l_orderkey").is_valid() & field("l_linenumber").is_valid() & field("l_shipdate").is_valid()
    ranges = (field("l_quantity") >= 1) & (field("l_quantity") <= 50)  # noqa: PLR2004 - the rule's own bounds
    shares = (field("l_discount") >= 0) & (field("l_discount") <= 1)
    known = field("l_suppkey").isin(suppliers["s_suppkey"].combine_chunks())
    return keys & ranges & shares & known & field("l_returnflag").isin(["A", "N", "R"])


def _query(query: str) -> Iterator[pa.Table]:
    import duckdb  # noqa: PLC0415 - only the last step needs it

    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('trusted/{table}/*.parquet')")
    yield connection.sql(query).to_arrow_table()


if __name__ == "__main__":
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    run_step(formatted, chain)
