"""apache/parquet-testing: good and bad Parquet files; the rows must be those that another reader counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import Case, Corpus, Judged, Outcome, read_as_a_zone
from lake_assets.errors import DecodeError

__all__ = ["CORPUS"]

_COUNT = "import sys, duckdb; print(duckdb.sql(f\"SELECT count(*) FROM read_parquet('{sys.argv[1]}')\").fetchone()[0])"


def _cases(folder: Path) -> list[Case]:
    files = sorted(path for path in folder.rglob("*.parquet*") if not path.name.endswith(".json"))
    return [
        Case(path.relative_to(folder).as_posix(), path, path.relative_to(folder).parts[0]) for path in files
    ]


def _judge(case: Case) -> Judged:
    try:
        read = read_as_a_zone("parquet", case)
    except DecodeError as error:
        return Judged(case.name, case.group, Outcome.REFUSED, error.what)
    expected = _count(case.path)
    if expected is not None and expected != read.frame.height:
        reason = f"{read.frame.height:,} rows, where DuckDB counts {expected:,}"
        return Judged(case.name, case.group, Outcome.LOST, reason)
    return Judged(case.name, case.group, read.outcome)


def _count(path: Path) -> int | None:
    """How many rows DuckDB counts; None when it refuses the file or dies of it."""
    argv = [sys.executable, "-c", _COUNT, str(path)]
    counted = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    return int(counted.stdout) if counted.returncode == 0 else None


CORPUS = Corpus(_cases, _judge)
