"""W7 with Polars alone: a bare copy, and the rules written out by hand.

Usage: w7_polars copy|split DATA, in the folder that the output goes to.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.contestants.orders import COUNTRIES, DAYS, EMAIL, RULES, STATES
from benchmarks.contestants.step import run_step


def copy(data: Path) -> None:
    """Write everything."""
    pl.scan_delta(data / "formatted/orders").sink_delta("trusted/orders")


def split(data: Path) -> None:
    """Write what keeps all rules, and what does not with the rules that it breaks."""
    rows = pl.scan_delta(data / "formatted/orders")
    holds = [test.fill_null(value=False) for test in _tests()]
    kept = pl.all_horizontal(holds)
    pairs = zip(holds, map(str, RULES), strict=True)
    reasons = pl.concat_list(pl.when(~test).then(pl.lit(rule)) for test, rule in pairs).list.drop_nulls()
    rows.filter(kept).sink_delta("trusted/orders")
    rows.filter(~kept).with_columns(rules=reasons).sink_delta("quarantine/orders")


def _tests() -> list[pl.Expr]:
    return [
        pl.col("order_id").is_not_null(),
        pl.col("customer").is_not_null(),
        pl.col("quantity").is_between(1, 100),
        pl.col("price").is_between(0, 10_000),
        pl.col("discount").is_between(0, 1),
        pl.col("day").is_between(*DAYS),
        pl.col("state").is_in(STATES),
        pl.col("country").is_in(COUNTRIES),
        pl.col("email").str.contains(EMAIL),
        pl.col("code").str.len_chars() == 8,  # noqa: PLR2004  (the rule)
        pl.col("ordered_at") <= pl.col("sent_at"),
        (pl.col("amount") >= 0) | (pl.col("state") == "refund"),
    ]


if __name__ == "__main__":
    run_step(copy, split)
