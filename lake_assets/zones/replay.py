"""Replay: rows that were set aside are judged again by the rules as they are now, and taken back where they keep them.

Exactly once: the trusted table's commit is the truth, decided on the quarantine as that table's own commits left it.
A row that a later one of its key has overtaken meanwhile is closed as well, but does not come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.governance.runs import record_runs
from lake_assets.model import PROVENANCE, Dataset, Run, StepReport, WriteMode, Zone
from lake_assets.quality import CompiledRule, Lookup, is_at, judge, keep, superseded
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets.zones.note import KEY, WRITE_MODE, Clock, note_of
from lake_assets.zones.quarantine import ATTACHED, adopt, open_rows, readmission
from lake_assets.zones.rules import compile_for

__all__ = ["replay"]

_FILE, _ROW = PROVENANCE


@dataclass(frozen=True)
class _Batch:
    """The rows that are judged again.

    Args:
        rows: All of them.
        compiled: The rules, compiled for them.
        passing: Those that keep every rule that decides.
        admitted: Those of them that enter the table; the others were overtaken.
    """

    rows: pl.LazyFrame
    compiled: Sequence[CompiledRule]
    passing: pl.DataFrame
    admitted: pl.DataFrame


def replay(root: LakeRoot, dataset: Dataset, run: Run, lookup: Lookup, why: str) -> StepReport | None:
    """Judge again what the trusted zone set aside of a dataset.

    Args:
        root: The lake.
        dataset: The dataset, with the rules as they are now.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.
        why: Why, for the record.

    Returns:
        What was taken back: rows in are those that keep the rules now, rows out those that entered the table, rows
        merged those that took the place of an older one or were overtaken. None when nothing can be taken back.
    """
    clock, formatted = Clock(), find_table(root, dataset.table(Zone.FORMATTED))
    reports: list[StepReport] = []

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        if table is None or formatted is None:
            return None
        aside = open_rows(_quarantine(root, dataset, table), Zone.TRUSTED).collect(engine="streaming")
        batch = _judged(dataset, formatted, table, aside, lookup) if aside.height else None
        if batch is None or batch.passing.is_empty():
            return None
        adds, removes, replaced = _merge(dataset, formatted, table, batch.admitted)
        reports.append(_report(dataset, batch, replaced, clock))
        closed = aside.lazy().join(batch.passing.lazy(), on=list(PROVENANCE), how="semi")
        note = note_of(run, reports[0], {str(formatted.ref): formatted.version})
        note |= {WRITE_MODE: dataset.write_mode.value, KEY: list(dataset.key), "why": why}
        note |= readmission(root, dataset, closed, run_id=run.run_id, at=datetime.now(UTC), why=why)
        return Change(formatted.schema, adds, removes, note=note, announces=[ATTACHED])

    table = commit(root, dataset.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _quarantine(root: LakeRoot, dataset: Dataset, table: Table) -> Table | None:
    """The quarantine with all that the table's commits say of it."""
    return adopt(dataset, table) or find_table(root, dataset.table(Zone.QUARANTINE))


def _judged(dataset: Dataset, formatted: Table, table: Table, aside: pl.DataFrame, lookup: Lookup) -> _Batch:
    places = aside.lazy().select(PROVENANCE).unique()
    near = pl.col(_FILE).is_between(aside[_FILE].min(), aside[_FILE].max())
    found = formatted.scan().filter(near).join(places, on=list(PROVENANCE), how="semi")
    rows = found.collect(engine="streaming").sort(PROVENANCE).lazy()
    compiled = compile_for(dataset, rows, table, lookup)
    passing = rows.filter(keep(compiled)).collect()
    return _Batch(rows, compiled, passing, _not_overtaken(dataset, formatted, table, passing))


def _not_overtaken(dataset: Dataset, formatted: Table, table: Table, passing: pl.DataFrame) -> pl.DataFrame:
    """Those that would be in the table had they never been set aside."""
    match dataset.write_mode:
        case WriteMode.APPEND:
            return passing
        case WriteMode.REPLACE:
            return passing.filter(pl.col(_FILE) == (table.consumed(str(formatted.ref)) or 0))
        case _:
            within = superseded(dataset.key, passing.lazy(), pl.lit(value=True))
            latest = passing.filter(~is_at(within))
            return latest.join(_overtaken(dataset, table, latest), on=list(PROVENANCE), how="anti")


def _overtaken(dataset: Dataset, table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Places of rows of whose key the table holds a later one."""
    key = list(dataset.key)
    there = table.scan().select(*key, pl.struct(PROVENANCE).alias("there"))
    here = rows.lazy().select(*key, *PROVENANCE)
    both = here.join(there, on=key, how="inner").with_columns(
        file=pl.col("there").struct.field(_FILE), row=pl.col("there").struct.field(_ROW)
    )
    is_later = (pl.col("file") > pl.col(_FILE)) | (
        (pl.col("file") == pl.col(_FILE)) & (pl.col("row") > pl.col(_ROW))
    )
    return both.filter(is_later).select(PROVENANCE).collect(engine="streaming")


def _merge(
    dataset: Dataset, formatted: Table, table: Table, admitted: pl.DataFrame
) -> tuple[Sequence[DataFile], Sequence[str], int]:
    """Files to add, paths to remove, and how many rows of the table were replaced."""
    if admitted.is_empty():
        return (), (), 0
    adds = write_data_files(table.root, table.ref, admitted.lazy())
    if dataset.write_mode is WriteMode.UPSERT and table.files.height:
        upsert = plan_upsert(table, adds, dataset.key)
        return upsert.adds, upsert.removes, upsert.replaced_rows
    if dataset.write_mode is WriteMode.REPLACE and not _is_in_force(formatted, table):
        return adds, table.files["path"].to_list() if table.files.height else (), table.row_count
    return adds, (), 0


def _is_in_force(formatted: Table, table: Table) -> bool:
    """Whether the table holds rows of the file that it consumed last; all of that file may have been set aside."""
    newest = table.scan().select(pl.col(_FILE).max()).collect(engine="streaming").item()
    return newest is not None and newest == table.consumed(str(formatted.ref))


def _report(dataset: Dataset, batch: _Batch, replaced: int, clock: Clock) -> StepReport:
    broken = batch.rows.filter(~keep(batch.compiled)).collect()
    verdicts = judge(
        batch.compiled,
        batch.passing.lazy(),
        broken.lazy(),
        kept_rows=batch.passing.height,
        set_aside_rows=broken.height,
    )
    return StepReport(
        Zone.TRUSTED,
        dataset.name,
        is_changed=True,
        rows_in=batch.passing.height,
        rows_out=batch.admitted.height,
        rows_merged=replaced + batch.passing.height - batch.admitted.height,
        verdicts=tuple(verdicts),
        seconds=clock.seconds,
    )
