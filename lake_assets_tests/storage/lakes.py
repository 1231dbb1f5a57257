"""How the tests of storage write to a lake, from the test itself and from processes of their own."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import open_table

FLIGHTS = TableRef(Zone.TRUSTED, "flights")
REPOSITORY = Path(__file__).parents[2]


def frame(**columns) -> pl.LazyFrame:
    return pl.LazyFrame(columns)


def add(root, rows, ref=FLIGHTS, **change):
    """Append rows in one commit."""

    def decide(_):
        return Change(rows.collect_schema(), write_data_files(root, ref, rows), **change)

    return commit(root, ref, decide)


def add_once(root, rows, batch, ref=FLIGHTS):
    """Append the rows of a batch unless the table has consumed it."""

    def decide(table):
        consumed = table.consumed("batch") if table else None
        if consumed is not None and consumed >= batch:
            return None
        files = write_data_files(root, ref, rows)
        return Change(rows.collect_schema(), files, consumed={"batch": batch}, note={"batch": batch})

    return commit(root, ref, decide)


def values(root, column, ref=FLIGHTS):
    return sorted(open_table(root, ref).scan().collect()[column].to_list())


def log_names(root, ref=FLIGHTS):
    return sorted(entry.path.rsplit("/", 1)[-1] for entry in root.files.list(f"{ref.path}/_delta_log"))


def data_names(root, ref=FLIGHTS):
    """Names of the data files in the table's folder, committed or not."""
    names = [entry.path.removeprefix(f"{ref.path}/") for entry in root.files.list(ref.path)]
    return sorted(name for name in names if "/" not in name)


def entry(root, version, ref=FLIGHTS):
    return root.local_path(f"{ref.path}/_delta_log/{version:020d}.json")


def told(root) -> str:
    """A root as an argument of a process."""
    return json.dumps({"uri": root.uri, "storage_options": root.storage_options})


def as_told(argument: str) -> LakeRoot:
    return LakeRoot(**json.loads(argument))


def start(module, *arguments, under=(), **options):
    """Start one of the programs in this folder, itself or under another program."""
    command = [*under, sys.executable, "-m", f"lake_assets_tests.storage.{module}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=REPOSITORY, text=True, **options)


def say(*words):
    """Tell the process that started this one."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()
