"""A process that brings the batches a table lacks, one commit each, appended or merged by key, until it is killed."""

import sys

import polars as pl

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS, as_told, say

ROWS = 50


def main():
    root, kind, batches = as_told(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    say("begun")
    table = None
    while (table.consumed("batch") if table else -1) < batches - 1:
        table = commit(root, FLIGHTS, _next_of(root, kind, batches))


def _next_of(root, kind, batches):
    def decide(table):
        batch = table.consumed("batch") + 1 if table else 0
        if batch == batches:
            return None
        wide = {f"column_{batch // 100}": pl.lit(1.5)} if kind == "append" else {}
        rows = pl.LazyFrame({"n": range(ROWS), "batch": [batch] * ROWS}).with_columns(**wide)
        files, removes = write_data_files(root, FLIGHTS, rows), []
        if kind == "upsert" and table:
            upsert = plan_upsert(table, files, ["n"])
            files, removes = upsert.adds, upsert.removes
        return Change(rows.collect_schema(), files, removes, consumed={"batch": batch})

    return decide


if __name__ == "__main__":
    main()
