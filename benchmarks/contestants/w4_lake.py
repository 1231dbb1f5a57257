"""W4 with the product: the upsert of its storage, which rewrites only the files that hold a key that changes.

Usage: w4_lake build ROWS COMMITS or upsert ROWS, in the folder that becomes the lake root. Everything that
depends on the names of the storage layer stands in this file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from benchmarks.contestants.changes import CHUNK, KEY, SMALL, base, change_set
from benchmarks.contestants.stopwatch import stopwatch
from lake_assets.model import TableRef
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.storage.upsert import plan_upsert

_TABLE = TableRef.parse("trusted.readings")


def build(rows: int, commits: int) -> None:
    """A table of 1 M rows a commit, the last `commits` commits of 100 rows each; every commit an upsert."""
    large = rows - commits * SMALL
    for first in range(0, large, CHUNK):
        _upsert(base(first, min(CHUNK, large - first)))
    for first in range(large, rows, SMALL):
        _upsert(base(first, SMALL))


def upsert(rows: int) -> None:
    """Upsert the change set."""
    changes = change_set(rows).collect().lazy()
    with stopwatch():
        _upsert(changes)


def _upsert(rows: pl.LazyFrame) -> None:
    root = LakeRoot(str(Path.cwd()))

    def decide(table: Table | None) -> Change:
        staged = write_data_files(root, _TABLE, rows)
        if table is None:
            return Change(rows.collect_schema(), staged)
        plan = plan_upsert(table, staged, [KEY])
        return Change(rows.collect_schema(), plan.adds, plan.removes)

    commit(root, _TABLE, decide)


if __name__ == "__main__":
    work, *numbers = sys.argv[1:]
    if work == "build":
        build(int(numbers[0]), int(numbers[1]))
    else:
        upsert(int(numbers[0]))
