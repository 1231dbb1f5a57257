"""A process that works on many more bytes than it may hold, and says the most that it held, in MB."""

import re
import sys
from pathlib import Path

import polars as pl

from lake_assets.storage.data_files import discard, write_data_files, write_split
from lake_assets.storage.maintenance import compact
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS, add, as_told, say

MANY = 20
ROWS = 400_000
TEXTS = 4


def main():
    root, work = as_told(sys.argv[1]), sys.argv[2]
    globals()[work](root)
    say(most_held_mb())


def most_held_mb():
    """Of this program alone: what getrusage says begins with what the process that started it held."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


def prepare(root):
    """Many files of one hundred MB each in memory."""
    numbers = pl.int_range(ROWS, dtype=pl.UInt64)
    texts = {f"text_{each}": _text(numbers + each * ROWS) for each in range(TEXTS)}
    rows = pl.LazyFrame({"n": range(ROWS)}).with_columns(**texts).collect()
    for each in range(MANY):
        add(root, rows.lazy().with_columns(pl.col("n") + each * ROWS))


def _text(number):
    return number.hash().cast(pl.String).repeat_by(3).list.join("")


def write(root):
    files = write_data_files(root, FLIGHTS, open_table(root, FLIGHTS).scan())
    assert sum(file.rows for file in files) == MANY * ROWS
    discard(root, FLIGHTS, files)


def split(root):
    split = write_split(root, FLIGHTS, open_table(root, FLIGHTS).scan(), pl.col("n") % 3 == 0)
    assert sum(file.rows for file in (*split.kept, *split.others)) == MANY * ROWS
    discard(root, FLIGHTS, [*split.kept, *split.others])


def merge(root):
    """A few keys in every file."""
    table = open_table(root, FLIGHTS)
    new = table.scan().select("n", text_0=pl.lit("new")).filter(pl.col("n") % 1000 == 0)
    upsert = plan_upsert(table, write_data_files(root, FLIGHTS, new), ["n"])
    assert upsert.replaced_rows == MANY * ROWS // 1000
    assert sum(file.rows for file in upsert.adds) == MANY * ROWS
    discard(root, FLIGHTS, upsert.adds)


def merge_files(root):
    table = compact(open_table(root, FLIGHTS))
    assert (table.row_count, table.files.height) == (MANY * ROWS, MANY * ROWS // 1_000_000)


if __name__ == "__main__":
    main()
