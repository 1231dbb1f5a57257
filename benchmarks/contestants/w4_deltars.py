"""W4 with delta-rs: `DeltaTable.merge` by key.

Usage: w4_deltars build ROWS COMMITS, merge ROWS or merge_range ROWS, in the folder that holds the table.
"""

from __future__ import annotations

import sys

from deltalake import DeltaTable, write_deltalake

from benchmarks.contestants.changes import CHANGED, CHUNK, KEY, NEW, SMALL, base, change_set
from benchmarks.contestants.stopwatch import stopwatch

_TABLE = "trusted/readings"


def build(rows: int, commits: int) -> None:
    """A table of 1 M rows a commit, the last `commits` commits of 100 rows each."""
    large = rows - commits * SMALL
    for first in range(0, large, CHUNK):
        write_deltalake(_TABLE, base(first, min(CHUNK, large - first)).collect(), mode="append")
    table = DeltaTable(_TABLE)
    for first in range(large, rows, SMALL):
        write_deltalake(table, base(first, SMALL).collect(), mode="append")


def merge(rows: int, within: str = "true") -> None:
    """Upsert the change set."""
    changes = change_set(rows).collect()
    condition = f"old.{KEY} = new.{KEY} AND {within}"
    with stopwatch():
        merger = DeltaTable(_TABLE).merge(changes, condition, source_alias="new", target_alias="old")
        merger.when_matched_update_all().when_not_matched_insert_all().execute()


def merge_range(rows: int) -> None:
    """Upsert the change set, its range of keys written into the condition so that files can be left out."""
    merge(rows, f"old.{KEY} BETWEEN {rows - CHANGED} AND {rows + NEW}")


if __name__ == "__main__":
    work, *numbers = sys.argv[1:]
    if work == "build":
        build(int(numbers[0]), int(numbers[1]))
    else:
        {"merge": merge, "merge_range": merge_range}[work](int(numbers[0]))
