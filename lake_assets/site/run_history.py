"""The newest commits of every table, from `governance.runs`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from lake_assets.model import TableRef, Verdict, Zone
from lake_assets.site.facts import RunFacts
from lake_assets.storage.table import Table

__all__ = ["read_runs"]

_KEPT = 30
_ID = ["zone", "table", "version", "at"]


def read_runs(runs: Table | None) -> dict[TableRef, tuple[RunFacts, ...]]:
    """The last thirty commits of each table, the newest first.

    Args:
        runs: `governance.runs`; None where it is not there.
    """
    if runs is None:
        return {}
    found: dict[TableRef, list[RunFacts]] = {}
    for row in _newest(runs.scan()).iter_rows(named=True):
        ref = TableRef(Zone(row["zone"]), row["table"])
        found.setdefault(ref, []).append(_run(ref, row))
    return {ref: tuple(rows) for ref, rows in found.items()}


def _newest(runs: pl.LazyFrame) -> pl.DataFrame:
    """The rank is of the small columns alone: verdicts are read of the rows that are kept."""
    age = pl.struct("at", "version").rank("ordinal", descending=True).over("zone", "table")
    kept = runs.select(_ID).filter(age <= _KEPT)
    ordered = runs.join(kept, on=_ID, how="semi").sort("at", "version", "zone", "table", descending=True)
    return ordered.collect(engine="streaming")


def _run(ref: TableRef, row: Mapping[str, Any]) -> RunFacts:
    verdicts = [Verdict.from_record(each) for each in json.loads(row["verdicts"] or "[]")]
    counts = ("rows_in", "rows_out", "rows_quarantined", "rows_merged")
    return RunFacts(
        ref=ref,
        version=row["version"],
        at=row["at"],
        run_id=row["run_id"] or "",
        seconds=row["seconds"] or 0.0,
        **{name: row[name] or 0 for name in counts},
        inputs=json.loads(row["inputs"] or "{}"),
        verdicts={each.rule_id: each for each in verdicts},
        code_version=row["code_version"] or "",
        git_sha=row["git_sha"] or "",
    )
