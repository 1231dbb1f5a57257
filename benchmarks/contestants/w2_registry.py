"""W2 with the product: a registry that knows many files, and a tick beside it.

Usage: w2_registry fill COUNT | tick NEW, in the folder of the lake.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.lake import Lake
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import Table

_COMMITS = 100
_DATASET = "readings_csv"


def fill(count: int) -> dict[str, float]:
    """Take in a few files, and note many that came before them."""
    _drop("first", 2)
    lake = Lake.open()
    lake.ingest()
    notes = lake.scan(str(PROCESSED_FILES)).filter(dataset=_DATASET).collect()
    first = notes.head(1)
    for start in range(0, count, -(-count // _COMMITS)):
        _note(lake, first, range(start, min(count, start + -(-count // _COMMITS))))
    return {"known": lake.table(str(PROCESSED_FILES)).row_count}


def _note(lake: Lake, like: pl.DataFrame, numbers: range) -> None:
    hashes = [hashlib.sha256(b"%d" % number).hexdigest() for number in numbers]
    rows = pl.concat([like] * len(numbers)).with_columns(
        file_id=pl.Series([number + 1 for number in numbers], dtype=pl.Int64),
        origin=pl.Series([f"old-{number:09d}.csv" for number in numbers]),
        name=pl.Series([f"old-{number:09d}.csv" for number in numbers]),
        path=pl.Series(
            [
                f"persistent_landing/plant/{_DATASET}/{number:019d}_{text[:12]}_old.csv"
                for number, text in zip(numbers, hashes, strict=True)
            ]
        ),
        fingerprint=pl.Series([f"1000-{number}" for number in numbers]),
        sha256=pl.Series(hashes),
        ingested_at=pl.lit(datetime(2024, 1, 1, tzinfo=UTC)).dt.cast_time_unit("us"),
    )

    def decide(table: Table | None) -> Change:
        assert table is not None  # noqa: S101 - it was just written
        return Change(table.schema, write_data_files(lake.root, PROCESSED_FILES, rows.lazy()))

    commit(lake.root, PROCESSED_FILES, decide)


def tick(count: int) -> dict[str, float]:
    """Take in nothing, then some new files; the seconds of each."""
    _ingest()
    nothing_new_s = _ingest()
    _drop("new", count)
    return {"nothing_new_s": nothing_new_s, "new_files_s": _ingest()}


def _ingest() -> float:
    began_s = time.perf_counter()
    report = Lake.open().ingest()
    if report.failures:
        sys.exit(str(report.failures[0].error))
    return time.perf_counter() - began_s


def _drop(name: str, count: int) -> None:
    for number in range(count):
        rows = "".join(f"{number},S1,2024-01-01T00:00:00Z,1.5,{name}\n" for _ in range(1))
        Path("inbox", "csv", f"{name}-{number}.csv").write_text(f"id,station,at,amount,note\n{rows}")


if __name__ == "__main__":
    print(json.dumps({"fill": fill, "tick": tick}[sys.argv[1]](int(sys.argv[2]))))
