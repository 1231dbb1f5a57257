"""What the steps of a lake cost: recorded after each run, and told table by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

import polars as pl

from lake_assets.governance.operations import OPERATIONS, StepFailure, record_operations
from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.lake.ingest import Failure
from lake_assets.model import TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["TableCosts", "costs_of", "operations_of", "record_run"]

_RECENT, _BEFORE, _LEAST = 5, 20, 2
_WORKED = (Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION)
_AFTER_LANDING = {Zone.PERSISTENT_LANDING, Zone.FORMATTED}


@dataclass(frozen=True)
class TableCosts:
    """What the steps of one table cost so far.

    Args:
        table: `zone.table`.
        steps: How often it changed.
        failures: How often its step failed.
        cpu_s: Processor time of all.
        seconds: Wall time of all.
        typical_s: Wall time of one, the median of the last five.
        trend: `typical_s` against the median of up to twenty before: 2 is twice as long; None while there are few.
        peak_bytes: Most memory of any; None where it was not measured.
        bytes_read: Read by all.
        bytes_written: Written by all.
        files: Files that all fetched, landed or read.
        rows_in: Rows given to all.
        rows_quarantined: Rows set aside by all.
        breaches: How often a step left a rule broken.
        last_at: When the last one ended, UTC.
    """

    table: str
    steps: int
    failures: int
    cpu_s: float
    seconds: float
    typical_s: float | None
    trend: float | None
    peak_bytes: int | None
    bytes_read: int
    bytes_written: int
    files: int
    rows_in: int
    rows_quarantined: int
    breaches: int
    last_at: datetime


def record_run(
    root: LakeRoot, run_id: str, changed: Iterable[TableRef], failures: Iterable[Failure] = ()
) -> int:
    """Record what the steps of a run cost, and those of the same tables that a death kept from being recorded.

    Args:
        root: The lake.
        run_id: The run.
        changed: The tables that it changed, and datasets of which it landed something; where nothing was ever recorded,
            all there are are looked at.
        failures: What failed in it.

    Returns:
        Number of steps recorded.
    """
    now = datetime.now(UTC)
    failed = [
        StepFailure(run_id, str(TableRef(each.zone, each.table)), now, type(each.error).__name__)
        for each in failures
    ]
    chosen = _telling(changed)
    if not chosen and not failed:
        return 0
    refs = chosen if find_table(root, OPERATIONS) else _all(root)
    tables = [table for ref in refs if (table := find_table(root, ref)) is not None]
    return record_operations(root, tables, failed)


def _telling(changed: Iterable[TableRef]) -> list[TableRef]:
    """The tables whose commits tell what steps cost: of landing steps, the one that takes note of files."""
    refs = list(changed)
    landed = [PROCESSED_FILES] if any(ref.zone in _AFTER_LANDING for ref in refs) else []
    return [*landed, *(ref for ref in refs if ref.zone in _WORKED)]


def _all(root: LakeRoot) -> list[TableRef]:
    worked = [TableRef(zone, name) for zone in _WORKED for name in sorted(root.files.folders(zone.value))]
    return [PROCESSED_FILES, *worked]


def operations_of(root: LakeRoot, table: str = "", run_id: str = "") -> pl.DataFrame:
    """The recorded steps, newest first; those of one table or of one run where it is named."""
    recorded = find_table(root, OPERATIONS)
    if recorded is None:
        return pl.DataFrame()
    rows = recorded.scan()
    wanted = [pl.col(name) == value for name, value in (("table", table), ("run_id", run_id)) if value]
    chosen = rows.filter(*wanted) if wanted else rows
    return chosen.sort("at", descending=True).collect(engine="streaming")


def costs_of(root: LakeRoot) -> list[TableCosts]:
    """What each table and landing step cost so far, the dearest first; empty before the first run."""
    rows = operations_of(root)
    if not rows.height:
        return []
    told = [_costs(str(name), group) for (name,), group in rows.group_by("table", maintain_order=True)]
    return sorted(told, key=lambda each: (-each.cpu_s, each.table))


def _costs(table: str, newest_first: pl.DataFrame) -> TableCosts:
    done = newest_first.filter(pl.col("outcome") == "changed")
    durations = done["seconds"].drop_nulls().to_list()
    return TableCosts(
        table=table,
        steps=done.height,
        failures=newest_first.height - done.height,
        cpu_s=round(float(done["cpu_s"].sum()), 3),
        seconds=round(float(done["seconds"].sum()), 3),
        typical_s=round(median(durations[:_RECENT]), 3) if durations else None,
        trend=_trend(durations),
        peak_bytes=done.select(pl.col("peak_bytes").max()).item(),
        bytes_read=int(done["bytes_read"].sum()),
        bytes_written=int(done["bytes_written"].sum()),
        files=int(done["files"].sum()),
        rows_in=int(done["rows_in"].sum()),
        rows_quarantined=int(done["rows_quarantined"].sum()),
        breaches=int((done["rules_broken"] > 0).sum()),
        last_at=newest_first.item(0, "at"),
    )


def _trend(newest_first: Sequence[float]) -> float | None:
    recent, before = newest_first[:_RECENT], newest_first[_RECENT : _RECENT + _BEFORE]
    usual = median(before) if len(before) >= _LEAST else 0.0
    return round(median(recent) / usual, 2) if usual else None
