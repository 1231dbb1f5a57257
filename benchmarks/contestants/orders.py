"""The orders of W7: 15 columns, of which one row in a hundred breaks one of twelve rules.

Usage: orders ROWS FILE: writes them as one Parquet file.
"""

from __future__ import annotations

import sys
from datetime import date

import polars as pl

__all__ = ["COUNTRIES", "DAYS", "EMAIL", "RULES", "STATES", "orders"]

STATES = ["open", "paid", "sent", "closed", "refund"]
COUNTRIES = ["AT", "BE", "CH", "DE", "DK", "ES", "FR", "IT", "NL", "PL"]
EMAIL = r"^[a-z0-9]+@[a-z]+\.(com|org)$"
DAYS = (date(2013, 1, 1), date(2013, 12, 31))
_ONE_IN = 1200
"""Each of the twelve rules is broken by one row in so many."""

RULES: list[dict[str, object]] = [
    {"not_null": "order_id"},
    {"not_null": "customer"},
    {"in_range": {"quantity": [1, 100]}},
    {"in_range": {"price": [0, 10_000]}},
    {"in_range": {"discount": [0, 1]}},
    {"in_range": {"day": [day.isoformat() for day in DAYS]}},
    {"in_set": {"state": STATES}},
    {"in_set": {"country": COUNTRIES}},
    {"matches": {"email": EMAIL}},
    {"length": {"code": 8}},
    {"ordered": ["ordered_at", "sent_at"]},
    {"expression": "amount >= 0 OR state = 'refund'", "id": "only_refunds_are_negative"},
]


def orders(rows: int) -> pl.LazyFrame:
    """The orders, alike for like numbers of rows; no row breaks two rules, and no other value is null."""
    number = pl.col("n")
    draw = number.hash(7)
    broken = pl.when(number % _ONE_IN < len(RULES)).then(number % _ONE_IN).otherwise(-1)
    frame = pl.LazyFrame({"n": pl.int_range(rows, eager=True)}).with_columns(draw=draw, broken=broken)

    def spoil(rule: int, good: pl.Expr, bad: object) -> pl.Expr:
        return pl.when(pl.col("broken") == rule).then(pl.lit(bad)).otherwise(good)

    draw = pl.col("draw")
    cents = (draw % 100_000).cast(pl.Int64)
    minute = pl.lit(60_000_000)
    ordered_at = 1_357_000_000_000_000 + (draw % 500_000).cast(pl.Int64) * minute
    sent_at = pl.when(pl.col("broken") == 10).then(ordered_at - minute).otherwise(ordered_at + 90 * minute)  # noqa: PLR2004
    return frame.select(
        order_id=spoil(0, number, None),
        customer=spoil(1, (draw % 90_000).cast(pl.Int64), None),
        quantity=spoil(2, (draw % 100).cast(pl.Int64) + 1, 777),
        price=spoil(3, cents / 100.0, -4.0),
        discount=spoil(4, (draw % 50) / 100.0, 7.5),
        amount=spoil(11, cents / 10.0, -3.0),
        day=spoil(5, pl.lit(DAYS[0]) + pl.duration(days=draw % 365), date(1970, 1, 1)),
        state=spoil(6, _pick(STATES[:4], draw), "lost"),
        country=spoil(7, _pick(COUNTRIES, draw // 7), "??"),
        email=spoil(8, pl.format("user{}@example.com", draw % 70_000), "nobody"),
        code=spoil(9, pl.format("{}{}", pl.lit("A"), 1_000_000 + draw % 8_999_999), "short"),
        ordered_at=ordered_at.cast(pl.Datetime("us", "UTC")),
        sent_at=sent_at.cast(pl.Datetime("us", "UTC")),
        channel=_pick(["web", "shop", "phone"], draw // 3),
        remark=pl.format("order number {} of the year", number),
    )


def _pick(words: list[str], draw: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(words)).gather((draw % len(words)).cast(pl.UInt32))


if __name__ == "__main__":
    orders(int(sys.argv[1])).sink_parquet(sys.argv[2])
