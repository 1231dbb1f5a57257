"""W1 formatted to trusted with pandera: the rules as a schema that drops invalid rows; keys by Polars.

Usage: w1_pandera STEP DATA, in the folder that the output goes to.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandera.polars as pa
import polars as pl

from benchmarks.contestants.step import run_step
from benchmarks.contestants.tpch import KEYS


def trusted(data: Path) -> None:
    """Formatted to trusted: rules, one row per key; neither the broken rows nor their reasons are kept."""
    suppliers = pl.scan_delta(data / "formatted/supplier").select("s_suppkey").collect().to_series()
    rows = pl.scan_delta(data / "formatted/lineitem").collect(engine="streaming")
    kept = _schema(suppliers).validate(rows, lazy=True)
    kept.lazy().unique(subset=KEYS["lineitem"], keep="any").sink_delta("trusted/lineitem")


def _schema(suppliers: pl.Series) -> pa.DataFrameSchema:
    columns = {
        "l_orderkey": pa.Column(pl.Int64, nullable=False),
        "l_linenumber": pa.Column(pl.Int64, nullable=False),
        "l_quantity": pa.Column(pl.Float64, pa.Check.in_range(1, 50)),
        "l_discount": pa.Column(pl.Float64, pa.Check.in_range(0, 1)),
        "l_shipdate": pa.Column(pl.Date, nullable=False),
        "l_returnflag": pa.Column(pl.String, pa.Check.isin(["A", "N", "R"])),
        "l_suppkey": pa.Column(pl.Int64, pa.Check.isin(suppliers.to_list())),
    }
    return pa.DataFrameSchema(columns, drop_invalid_rows=True)


if __name__ == "__main__":
    os.environ["PANDERA_VALIDATION_DEPTH"] = "SCHEMA_AND_DATA"
    run_step(trusted)
