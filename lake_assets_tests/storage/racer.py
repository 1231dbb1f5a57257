"""A process that brings batches to a table, in a race with others; says which it won."""

import sys

import polars as pl

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets_tests.storage.lakes import FLIGHTS, as_told, say


def main():
    root, name, rounds = as_told(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    say("ready")
    sys.stdin.readline()
    for batch in range(rounds):
        mine = []
        commit(root, FLIGHTS, _decide(root, name, batch, mine))
        say(batch, int(bool(mine)))


def _decide(root, name, batch, mine):
    rows = pl.LazyFrame({"batch": [batch] * 10, "n": range(10), "by": [name] * 10})

    def decide(table):
        mine.clear()
        consumed = table.consumed("batch") if table else None
        if consumed is not None and consumed >= batch:
            return None
        mine.append(batch)
        return Change(rows.collect_schema(), write_data_files(root, FLIGHTS, rows), consumed={"batch": batch})

    return decide


if __name__ == "__main__":
    main()
