"""Replay of a child table: elements that were set aside are judged again by the rules as they are now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.governance.runs import record_runs
from lake_assets.model import PROVENANCE, Dataset, Run, StepReport, Zone
from lake_assets.quality import Lookup, as_runs_left_them, judge, keep, stops_told
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.children import parent_table
from lake_assets.zones.elements import elements_of
from lake_assets.zones.note import KEY, WRITE_MODE, Clock, note_of, standing_in
from lake_assets.zones.quarantine import ATTACHED, adopt, open_rows, readmission
from lake_assets.zones.rules import compile_for, rules_of

__all__ = ["replay_child"]

_FILE = PROVENANCE[0]


def replay_child(root: LakeRoot, child: Dataset, run: Run, lookup: Lookup, why: str) -> StepReport | None:
    """Take back the elements that keep the rules now; those whose record the parent no longer has are closed.

    Args:
        root: The lake.
        child: The child table, with the rules as they are now.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.
        why: Why, for the record.

    Returns:
        What was taken back; None when nothing can be.
    """
    clock, reports = Clock(), list[StepReport]()
    parent = parent_table(root, child)

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        if table is None or parent is None:
            return None
        aside = open_rows(adopt(child, table), Zone.TRUSTED).collect(engine="streaming")
        rows = _elements(child, parent, aside)
        with stops_told(rules_of(child), lambda: rows, lookup, table.ref):
            compiled = compile_for(child, rows, table, lookup)
            passing, broken = (rows.filter(which).collect() for which in (keep(compiled), ~keep(compiled)))
        closed = aside.lazy().join(broken.lazy(), on=list(PROVENANCE), how="anti").collect()
        if closed.is_empty():
            return None
        verdicts = judge(
            compiled,
            passing.lazy(),
            broken.lazy(),
            kept_rows=passing.height,
            set_aside_rows=broken.height,
        )
        reports.append(
            StepReport(
                Zone.TRUSTED,
                child.name,
                is_changed=True,
                rows_in=closed.height,
                rows_out=passing.height,
                rows_merged=closed.height - passing.height,
                verdicts=tuple(as_runs_left_them(compiled, verdicts, standing_in(table))),
                seconds=clock.seconds,
                effort=clock.effort,
            )
        )
        note = note_of(run, reports[0], {str(parent.ref): parent.version})
        note |= {WRITE_MODE: child.write_mode.value, KEY: list(child.key), "why": why}
        at = datetime.now(UTC)
        note |= readmission(root, child, [closed.lazy()], run_id=run.run_id, at=at, why=why)
        adds = write_data_files(root, table.ref, passing.lazy()) if passing.height else []
        return Change(passing.schema, adds, note=note, announces=[ATTACHED])

    table = commit(root, child.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(child, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _elements(child: Dataset, parent: Table, aside: pl.DataFrame) -> pl.LazyFrame:
    """The elements that are set aside, as far as the parent still has their records."""
    places = aside.lazy().select(PROVENANCE).unique()
    near = parent.scan().filter(pl.col(_FILE).is_between(aside[_FILE].min(), aside[_FILE].max()))
    found = elements_of(near, child).join(places, on=list(PROVENANCE), how="semi")
    return found.collect(engine="streaming").sort(PROVENANCE).lazy()
