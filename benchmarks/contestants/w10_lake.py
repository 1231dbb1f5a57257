"""W10 with the product.

Usage: w10_lake build ROWS | trust, in the folder of the project.
"""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.contestants.lake_of_orders import format_orders, trust_orders
from benchmarks.contestants.orders import orders

_CLEAN: list[dict[str, object]] = [
    {"trim": "*"},
    {"case": {"state": "lower"}},
    {"null_tokens": {"channel": ["n/a", "-"]}},
    {"cast": {"weight": "float"}},
]


def build(rows: int) -> None:
    """Write the orders as people write them, and take them to formatted."""
    number = pl.col("remark").str.extract(r"(\d+)").cast(pl.Int64)
    written = orders(rows).with_columns(
        state=pl.when(number % 20 == 0).then(pl.col("state").str.to_uppercase()).otherwise("state"),
        channel=pl.when(number % 10 == 0).then(pl.lit("n/a")).otherwise("channel"),
        remark=pl.when(number % 50 == 0).then(pl.format("  {} ", "remark")).otherwise("remark"),
        weight=(number % 1000 / 8).cast(pl.String),
    )
    written.sink_parquet("orders.parquet")
    format_orders({"columns": {"weight": "text"}, "clean": _CLEAN})


if __name__ == "__main__":
    build(int(sys.argv[2])) if sys.argv[1] == "build" else trust_orders()
