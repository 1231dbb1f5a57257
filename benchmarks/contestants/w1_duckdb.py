"""W1 by hand with DuckDB: SQL from CSV to Parquet; no Delta log, no history, no way back.

Usage: w1_duckdb STEP DATA, in the folder that the output goes to.
"""
# ruff: noqa: S608 - the SQL is put together from this benchmark's own constants

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.contestants.step import run_step
from benchmarks.contestants.tpch import COLUMNS, KEYS, QUERIES, RULES_SQL, TABLES

_TYPES = {"int": "BIGINT", "float": "DOUBLE", "text": "VARCHAR", "date": "VARCHAR"}
_KEPT = " AND ".join(f"coalesce({rule}, false)" for rule in RULES_SQL.values())
_KNOWN = "l_suppkey IN (SELECT s_suppkey FROM supplier)"


def text(data: Path) -> None:
    """CSV to Parquet, every column text."""
    reader = f"read_csv('{_csv(data, 'lineitem')}', header = true, all_varchar = true)"
    _copy(duckdb.connect(), f"FROM {reader}", "formatted", "lineitem")


def formatted(data: Path, tables: tuple[str, ...] = ("lineitem",)) -> None:
    """CSV to typed Parquet; a day that does not parse becomes null, without a trace."""
    connection = duckdb.connect()
    # DuckDB 2.0 pushes TRY_CAST into its CSV reader, which then fails on the first bad cell as CAST would
    connection.execute("SET disabled_optimizers = 'type_pushdown'")
    for table in tables:
        types = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in COLUMNS[table].items())
        days = [name for name, kind in COLUMNS[table].items() if kind == "date"]
        parsed = ", ".join(f"try_cast({name} AS DATE) AS {name}" for name in days)
        replaced = f"REPLACE ({parsed})" if days else ""
        reader = f"read_csv('{_csv(data, table)}', header = true, columns = {{{types}}})"
        _copy(connection, f"SELECT * {replaced} FROM {reader}", "formatted", table)


def trusted(data: Path) -> None:
    """Formatted to trusted: rules, one row per key, broken rows with their reasons to quarantine."""
    connection = _over(data, "formatted")
    key = ", ".join(KEYS["lineitem"])
    first = f"QUALIFY row_number() OVER (PARTITION BY {key}) = 1"
    _copy(connection, f"SELECT * FROM lineitem WHERE {_KEPT} AND {_KNOWN} {first}", "trusted", "lineitem")
    broken = [_reason(rule, name) for name, rule in RULES_SQL.items()] + [_reason(_KNOWN, "supplier_known")]
    reasons = f"list_filter([{', '.join(broken)}], lambda reason: reason IS NOT NULL) AS reasons"
    others = f"SELECT *, {reasons} FROM lineitem WHERE NOT ({_KEPT} AND {_KNOWN})"
    _copy(connection, others, "quarantine", "lineitem")


def _reason(rule: str, name: str) -> str:
    return f"CASE WHEN coalesce({rule}, false) THEN NULL ELSE '{name}' END"


def exploitation(data: Path) -> None:
    """The three queries over trusted tables."""
    connection = _over(data, "trusted")
    for name, query in QUERIES.items():
        _copy(connection, query, "exploitation", name)


def chain(data: Path) -> None:
    """All of it, for all six tables."""
    here = Path()
    formatted(data, TABLES)
    trusted(here)
    connection = _over(here, "formatted")
    for table in TABLES[1:]:
        key = ", ".join(KEYS[table])
        first = f"QUALIFY row_number() OVER (PARTITION BY {key}) = 1"
        _copy(connection, f"FROM {table} WHERE {KEYS[table][0]} IS NOT NULL {first}", "trusted", table)
    exploitation(here)


def _csv(data: Path, table: str) -> Path:
    return data / "csv" / table / f"{table}.csv"


def _over(data: Path, zone: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{data / zone / table}/*.parquet')")
    return connection


def _copy(connection: duckdb.DuckDBPyConnection, query: str, zone: str, table: str) -> None:
    folder = Path(zone, table)
    folder.mkdir(parents=True)
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"COPY ({query}) TO '{folder}/0.parquet' (FORMAT parquet)")


if __name__ == "__main__":
    run_step(text, formatted, trusted, exploitation, chain)
