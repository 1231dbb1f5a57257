"""Prints the facts of what a contestant of W1 left behind, whatever format it wrote.

Usage: w1_check ZONE... in the folder of the output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

from benchmarks.contestants.tpch import QUERIES


def facts(zone: str) -> dict[str, float]:
    """Counts and sums of the tables of a zone, and the bytes they take."""
    if not Path(zone).exists():
        return {}
    found = {f"{zone}_mb": _size_mb(Path(zone))}
    if zone == "exploitation":
        return found | {name: value for query in QUERIES for name, value in _revenue(query).items()}
    if zone == "quarantine":
        return found | {"quarantined": _count(_table("quarantine", "lineitem"))}
    lineitem = _table(zone, "lineitem")
    quantity = lineitem.select(pl.col("l_quantity").cast(pl.Float64).sum()).collect().item()
    return found | {f"{zone}_rows": _count(lineitem), f"{zone}_quantity": quantity}


def _revenue(query: str) -> dict[str, float]:
    frame = _table("exploitation", query)
    revenue = frame.select(pl.col("revenue").sum()).collect().item()
    return {f"{query}_rows": _count(frame), f"{query}_revenue": revenue}


def _count(frame: pl.LazyFrame) -> int:
    return int(frame.select(pl.len()).collect().item())


def _table(zone: str, name: str) -> pl.LazyFrame:
    folder = Path(zone, name)
    if (folder / "_delta_log").exists():
        return pl.scan_delta(folder)
    if any(folder.glob("*.csv")):
        return pl.scan_csv(folder / "*.csv", infer_schema=False)
    return pl.scan_parquet(folder / "*.parquet")


def _size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    print(json.dumps({name: value for zone in sys.argv[1:] for name, value in facts(zone).items()}))
