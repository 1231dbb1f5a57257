"""Prints what the orders of W8 are like that a contestant wrote."""

from __future__ import annotations

import json

import polars as pl


def _facts() -> dict[str, int]:
    rows = pl.scan_delta("trusted/orders")
    is_number = rows.collect_schema()["weight"] == pl.Float64
    padded = pl.col("remark").str.starts_with(" ") | pl.col("remark").str.ends_with(" ")
    facts = rows.select(
        rows=pl.len(),
        states=pl.col("state").n_unique(),
        no_channel=pl.col("channel").null_count(),
        padded=padded.sum(),
        weights=pl.col("weight").count() if is_number else pl.lit(0),
    )
    return dict(facts.collect(engine="streaming").row(0, named=True))


if __name__ == "__main__":
    print(json.dumps(_facts()))
