"""W10 with Polars alone: a bare copy, and the cleaning steps written out by hand, nothing counted.

Usage: w10_polars copy|clean DATA, in the folder that the output goes to.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.contestants.step import run_step


def copy(data: Path) -> None:
    """Write everything as it is."""
    pl.scan_delta(data / "formatted/orders").sink_delta("trusted/orders")


def clean(data: Path) -> None:
    """Trim every text, then the case of one, the tokens of another, and a number."""
    rows = pl.scan_delta(data / "formatted/orders")
    texts = [name for name, kind in rows.collect_schema().items() if kind == pl.String and name != "_rescued"]
    trimmed = [
        pl.col(name).str.normalize("NFC").str.replace_all(r"\s+", " ").str.strip_chars(" ").replace("", None)
        for name in texts
    ]
    channel = pl.col("channel")
    rows.with_columns(trimmed).with_columns(
        pl.col("state").str.to_lowercase(),
        pl.when(~channel.is_in(["n/a", "-"])).then(channel),
        pl.col("weight").cast(pl.Float64, strict=False),
    ).sink_delta("trusted/orders")


if __name__ == "__main__":
    run_step(copy, clean)
