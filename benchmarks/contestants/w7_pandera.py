"""W7 with pandera: the rules as a schema that drops invalid rows; neither these nor their reasons are kept.

Usage: w7_pandera split DATA, in the folder that the output goes to.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandera.polars as pa
import polars as pl

from benchmarks.contestants.orders import COUNTRIES, DAYS, EMAIL, STATES
from benchmarks.contestants.step import run_step


def split(data: Path) -> None:
    """Write what keeps all rules."""
    rows = pl.scan_delta(data / "formatted/orders").collect(engine="streaming")
    _schema().validate(rows, lazy=True).write_delta("trusted/orders")


def _schema() -> pa.DataFrameSchema:
    columns = {
        "order_id": pa.Column(pl.Int64, nullable=False),
        "customer": pa.Column(pl.Int64, nullable=False),
        "quantity": pa.Column(pl.Int64, pa.Check.in_range(1, 100)),
        "price": pa.Column(pl.Float64, pa.Check.in_range(0, 10_000)),
        "discount": pa.Column(pl.Float64, pa.Check.in_range(0, 1)),
        "day": pa.Column(pl.Date, pa.Check.in_range(*DAYS)),
        "state": pa.Column(pl.String, pa.Check.isin(STATES)),
        "country": pa.Column(pl.String, pa.Check.isin(COUNTRIES)),
        "email": pa.Column(pl.String, pa.Check.str_matches(EMAIL)),
        "code": pa.Column(pl.String, pa.Check.str_length(8, 8)),
    }
    checks = [
        pa.Check(lambda data: data.lazyframe.select(pl.col("ordered_at") <= pl.col("sent_at"))),
        pa.Check(lambda data: data.lazyframe.select((pl.col("amount") >= 0) | (pl.col("state") == "refund"))),
    ]
    return pa.DataFrameSchema(columns, checks=checks, drop_invalid_rows=True)


if __name__ == "__main__":
    os.environ["PANDERA_VALIDATION_DEPTH"] = "SCHEMA_AND_DATA"
    run_step(split)
