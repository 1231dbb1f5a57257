"""Prints how many orders a contestant of W7 kept and set aside."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl


def _count(zone: str) -> int:
    folder = Path(zone, "orders")
    return int(pl.scan_delta(folder).select(pl.len()).collect().item()) if folder.exists() else 0


if __name__ == "__main__":
    print(json.dumps({"kept": _count("trusted"), "set_aside": _count("quarantine")}))
