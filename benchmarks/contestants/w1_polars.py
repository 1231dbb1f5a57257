"""W1 by hand with Polars and Delta: what somebody writes who knows both and needs no more than this one lake.

Usage: w1_polars STEP DATA, in the folder that the output goes to.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.contestants.step import run_step
from benchmarks.contestants.tpch import COLUMNS, DAY_FORMAT, KEYS, QUERIES, RULES_SQL, TABLES

_TYPES: dict[str, pl.DataType] = {
    "int": pl.Int64(),
    "float": pl.Float64(),
    "date": pl.Date(),
    "text": pl.String(),
}
_KEY = KEYS["lineitem"]


def text(data: Path) -> None:
    """CSV to Delta, every column text."""
    _read(data, "lineitem", {}).sink_delta("formatted/lineitem")


def formatted(data: Path, tables: tuple[str, ...] = ("lineitem",)) -> None:
    """CSV to typed Delta; a cell that does not parse becomes null, without a trace."""
    for table in tables:
        numbers = {name: _TYPES[kind] for name, kind in COLUMNS[table].items() if kind in {"int", "float"}}
        days = [name for name, kind in COLUMNS[table].items() if kind == "date"]
        parsed = pl.col(days).str.to_date(DAY_FORMAT, strict=False) if days else pl.lit(0)
        _read(data, table, numbers).with_columns(parsed).select(*COLUMNS[table]).sink_delta(
            f"formatted/{table}"
        )


def schema(data: Path) -> None:
    """CSV to typed Delta with all types in the schema of the reader, its errors ignored."""
    types = {name: _TYPES[kind] for name, kind in COLUMNS["lineitem"].items()}
    pl.scan_csv(_csv(data, "lineitem"), schema=types, ignore_errors=True).sink_delta("formatted/lineitem")


def copy(data: Path) -> None:
    """Formatted to trusted, nothing done."""
    pl.scan_delta(data / "formatted/lineitem").sink_delta("trusted/lineitem")


def trusted(data: Path, *, narrow: bool = False) -> None:
    """Formatted to trusted: rules, one row per key, broken rows with their reasons to quarantine."""
    rows = pl.scan_delta(data / "formatted/lineitem")
    suppliers = pl.scan_delta(data / "formatted/supplier").select("s_suppkey").collect().to_series()
    rules = {name: pl.sql_expr(rule) for name, rule in RULES_SQL.items()}
    rules["supplier_known"] = pl.col("l_suppkey").is_in(suppliers.implode())
    kept = pl.all_horizontal(*(rule.fill_null(value=False) for rule in rules.values()))
    broken = [
        pl.when(rule.fill_null(value=False)).then(None).otherwise(pl.lit(name))
        for name, rule in rules.items()
    ]
    deduplicated = (
        _unique_narrow(rows.filter(kept)) if narrow else rows.filter(kept).unique(subset=_KEY, keep="any")
    )
    deduplicated.sink_delta("trusted/lineitem")
    reasons = pl.concat_list(broken).list.drop_nulls().alias("reasons")
    rows.filter(~kept).with_columns(reasons).sink_delta("quarantine/lineitem")


def trusted_narrow(data: Path) -> None:
    """The same, with doubles looked for among the keys alone, so that whole rows are never all in memory."""
    trusted(data, narrow=True)


def _unique_narrow(rows: pl.LazyFrame) -> pl.LazyFrame:
    doubles = (
        rows.group_by(_KEY).len().filter(pl.col("len") > 1).select(_KEY).collect(engine="streaming").lazy()
    )
    single = rows.join(doubles, on=_KEY, how="anti")
    return pl.concat([single, rows.join(doubles, on=_KEY, how="semi").unique(subset=_KEY, keep="any")])


def exploitation(data: Path, zone: str = "trusted") -> None:
    """The three queries over trusted tables."""
    tables = {table: pl.scan_delta(data / zone / table) for table in TABLES}
    with pl.SQLContext(frames=tables) as context:
        for name, query in QUERIES.items():
            context.execute(query).sink_delta(f"exploitation/{name}")


def chain(data: Path) -> None:
    """All of it, for all six tables."""
    here = Path()
    formatted(data, TABLES)
    trusted_narrow(here)
    for table in TABLES[1:]:
        rows = pl.scan_delta(f"formatted/{table}").drop_nulls(KEYS[table])
        rows.unique(subset=KEYS[table], keep="any").sink_delta(f"trusted/{table}")
    exploitation(here)


def _csv(data: Path, table: str) -> Path:
    return data / "csv" / table / f"{table}.csv"


def _read(data: Path, table: str, types: dict[str, pl.DataType]) -> pl.LazyFrame:
    names = COLUMNS[table]
    return pl.scan_csv(_csv(data, table), schema={name: types.get(name, pl.String()) for name in names})


if __name__ == "__main__":
    run_step(text, schema, formatted, copy, trusted, trusted_narrow, exploitation, chain)
