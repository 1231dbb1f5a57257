"""W7 with pointblank: a validation plan whose outcome parts rows that pass from those that fail.

Usage: w7_pointblank split DATA, in the folder that the output goes to.
"""

from __future__ import annotations

from pathlib import Path

import pointblank as pb  # pyright: ignore[reportMissingImports]
import polars as pl

from benchmarks.contestants.orders import COUNTRIES, DAYS, EMAIL, STATES
from benchmarks.contestants.step import run_step


def split(data: Path) -> None:
    """Write what keeps all rules, and what does not."""
    rows = pl.scan_delta(data / "formatted/orders").collect(engine="streaming")
    plan = (
        pb.Validate(rows)
        .col_vals_not_null("order_id")
        .col_vals_not_null("customer")
        .col_vals_between("quantity", 1, 100)
        .col_vals_between("price", 0, 10_000)
        .col_vals_between("discount", 0, 1)
        .col_vals_between("day", *DAYS)
        .col_vals_in_set("state", STATES)
        .col_vals_in_set("country", COUNTRIES)
        .col_vals_regex("email", EMAIL)
        .col_vals_expr(pl.col("code").str.len_chars() == 8)  # noqa: PLR2004  (the rule)
        .col_vals_expr(pl.col("ordered_at") <= pl.col("sent_at"))
        .col_vals_expr((pl.col("amount") >= 0) | (pl.col("state") == "refund"))
    )
    done = plan.interrogate(collect_extracts=False)
    done.get_sundered_data(type="pass").write_delta("trusted/orders")
    done.get_sundered_data(type="fail").write_delta("quarantine/orders")


if __name__ == "__main__":
    run_step(split)
