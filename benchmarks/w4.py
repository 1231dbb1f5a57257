"""W4, increment: a fixed change set into a table of growing size, and of growing history."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants.changes import CHANGED, NEW, SMALL
from benchmarks.environments import cache, script
from benchmarks.harness import PROCESS, Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.process import Facts, run_process
from benchmarks.results import StepResult
from benchmarks.w4_growth import growth

__all__ = ["TITLE", "run"]

TITLE = "increment, 10,000 rows upserted into a trusted table"

_ROWS = (1_000_000, 5_000_000, 20_000_000)
_COMMITS = (10, 100, 1_000)
_ENTRIES = (
    ("delta-rs", "polars", "w4_deltars", "merge", "`DeltaTable.merge` by key"),
    ("delta-rs:range", "polars", "w4_deltars", "merge_range", "the same, the range of keys in the condition"),
    (
        "lake_assets",
        "product",
        "w4_lake",
        "upsert",
        "files that hold a changed key written anew; all synced to disk",
    ),
)


@dataclass(frozen=True)
class _Table:
    rows: int
    commits: int

    def built_by(self, environment: str, module: str) -> Path:
        """The folder with the table as that tool builds it, made at first use."""
        folder = cache() / "W4" / f"{module}-{self.rows}-{self.commits}"
        if not (folder / "built").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            run_process(script(environment, module, "build", str(self.rows), str(self.commits)), folder)
            (folder / "built").touch()
        return folder


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W4; the scale shrinks the tables, not the change set or the history."""
    found = {}
    for step in contests(_steps(options), options):
        found[step.name] = step
        yield step
    yield growth(found)


def _steps(options: Options) -> Iterator[Step]:
    for rows in _ROWS:
        table = _Table(int(rows * options.scale), 0)
        yield _step(f"rows-{rows:,}", f"Into {table.rows:,} rows", table)
    for commits in _COMMITS:
        table = _Table(int(_ROWS[0] * options.scale) + commits * SMALL, commits)
        yield _step(f"commits-{commits:,}", f"After {commits:,} commits of {SMALL} rows", table)


def _step(name: str, title: str, table: _Table) -> Step:
    contestants = tuple(_contestant(name, table, *entry) for entry in _ENTRIES)
    truth: Facts = {"rows": table.rows + NEW, "keys": table.rows + NEW, "changed": CHANGED + NEW}
    about = f"{table.rows:,} rows, {CHANGED:,} of them changed and {NEW:,} new ones"
    return Step("W4", name, title, about, contestants, truth, shown=(*PROCESS, "work_cpu_s", "work_s"))


def _contestant(
    step: str, table: _Table, name: str, environment: str, module: str, work: str, does: str
) -> Contestant:
    folder = cache() / "runs" / f"W4-{step}-{name.replace(':', '-')}"
    return Contestant(
        name,
        does,
        folder,
        script(environment, module, work, str(table.rows)),
        # links to the files of the built table: Delta never writes into a file that is there
        prepare=(("cp", "--recursive", "--link", f"{table.built_by(environment, module)}/trusted", "."),),
        check=script("product", "w4_check"),
    )
