"""W7 with dataframely: a schema whose filter parts good rows from bad ones.

Usage: w7_dataframely split DATA, in the folder that the output goes to.
"""

from __future__ import annotations

from pathlib import Path

import dataframely as dy  # pyright: ignore[reportMissingImports]
import polars as pl
import polars.selectors as cs

from benchmarks.contestants.orders import COUNTRIES, DAYS, EMAIL, STATES
from benchmarks.contestants.step import run_step


class Orders(dy.Schema):  # type: ignore[misc]  # not installed beside the product
    """The twelve rules."""

    order_id = dy.Int64(nullable=False)
    customer = dy.Int64(nullable=False)
    quantity = dy.Int64(nullable=True, min=1, max=100)
    price = dy.Float64(nullable=True, min=0, max=10_000)
    discount = dy.Float64(nullable=True, min=0, max=1)
    amount = dy.Float64(nullable=True)
    day = dy.Date(nullable=True, min=DAYS[0], max=DAYS[1])
    state = dy.String(nullable=True, check=lambda state: state.is_in(STATES))
    country = dy.String(nullable=True, check=lambda country: country.is_in(COUNTRIES))
    email = dy.String(nullable=True, regex=EMAIL)
    code = dy.String(nullable=True, min_length=8, max_length=8)
    ordered_at = dy.Datetime(nullable=True, time_zone="UTC")
    sent_at = dy.Datetime(nullable=True, time_zone="UTC")
    channel = dy.String(nullable=True)
    remark = dy.String(nullable=True)

    @dy.rule()  # type: ignore[untyped-decorator]
    def is_in_order(cls) -> pl.Expr:  # noqa: N805  (as dataframely wants it)
        """Nothing is sent before it is ordered."""
        return pl.col("ordered_at") <= pl.col("sent_at")

    @dy.rule()  # type: ignore[untyped-decorator]
    def only_refunds_are_negative(cls) -> pl.Expr:  # noqa: N805  (as dataframely wants it)
        """Other amounts are not."""
        return (pl.col("amount") >= 0) | (pl.col("state") == "refund")


def split(data: Path) -> None:
    """Write what keeps all rules, and what does not with a column for each rule."""
    rows = pl.scan_delta(data / "formatted/orders").select(Orders.column_names()).collect(engine="streaming")
    good, failure = Orders.filter(rows)
    good.write_delta("trusted/orders")
    failure.details().cast({cs.enum(): pl.String}).write_delta("quarantine/orders")


if __name__ == "__main__":
    run_step(split)
