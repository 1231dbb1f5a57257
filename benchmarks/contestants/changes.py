"""The tables of W4 and the change set that goes into them."""

from __future__ import annotations

import polars as pl

__all__ = ["CHANGED", "CHUNK", "KEY", "NEW", "SMALL", "base", "change_set"]

KEY = "reading_id"
CHANGED = 5_000
"""Rows of the change set whose key is in the table: the newest ones, as in a late correction."""
NEW = 5_000
"""Rows of the change set whose key is not."""
CHUNK = 1_000_000
"""Rows of one large commit of the table as built."""
SMALL = 100
"""Rows of one small commit."""

_MARK = -1.0


def base(first: int, rows: int) -> pl.LazyFrame:
    """Rows with the keys from `first` on."""
    key = pl.int_range(first, first + rows, dtype=pl.Int64).alias(KEY)
    return pl.LazyFrame().select(key).with_columns(
        station=pl.format("station {}", pl.col(KEY) * 7919 % 1009),
        day=pl.date(2020, 1, 1) + pl.duration(days=pl.col(KEY) // 10_000),
        amount=(pl.col(KEY) * 7907 % 100_003) / 100,
        share=(pl.col(KEY) * 104_729 % 997) / 997,
        remark=pl.format("reading {} of the plant", pl.col(KEY) * 31 % 50_021),
    )  # fmt: skip


def change_set(rows: int) -> pl.LazyFrame:
    """10,000 rows for a table of `rows` rows: its newest half as many corrected, the other half new."""
    return base(rows - CHANGED, CHANGED + NEW).with_columns(amount=pl.lit(_MARK))
