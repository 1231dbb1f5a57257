"""Trusted: the new rows of formatted, judged by the rules in one pass, merged into one table per dataset."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from lake_assets.cleaning import Tally
from lake_assets.governance.processed_files import landed_after
from lake_assets.governance.runs import record_runs
from lake_assets.model import (
    PROVENANCE,
    Dataset,
    Run,
    StepReport,
    TableRef,
    Verdict,
    WriteMode,
    Zone,
)
from lake_assets.quality import Lookup, unless_silent
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.batch import batch_of
from lake_assets.zones.cleaned import changed_steps, cleaning_note, column_notes_of, refuse_other_keys
from lake_assets.zones.formatted import LANDING
from lake_assets.zones.intake import Intake, take_in
from lake_assets.zones.note import CHANGES_OLDER, KEY, WRITE_MODE, Clock, note_of, standing_in
from lake_assets.zones.quarantine import ATTACHED, adopt, attachment
from lake_assets.zones.retake import key_of_rows, mends_of, retake
from lake_assets.zones.rules import rules_of
from lake_assets.zones.scene import Scene

__all__ = ["rules_of", "standing_verdicts", "trust"]

_FILE = PROVENANCE[0]


def standing_verdicts(root: LakeRoot, ref: TableRef) -> tuple[Verdict, ...]:
    """How the rules came out when a table changed last; empty when it is not there."""
    return standing_in(find_table(root, ref))


def trust(root: LakeRoot, dataset: Dataset, run: Run, lookup: Lookup) -> list[StepReport]:
    """Judge what is new in the formatted table and take it into the trusted one.

    Args:
        root: The lake.
        dataset: The dataset.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.

    Returns:
        A report for each commit, oldest first; empty when nothing is new.
    """
    formatted = find_table(root, dataset.table(Zone.FORMATTED))
    if formatted is None:
        return []
    mended = retake(dataset, formatted, run, lookup)
    reports = [mended] if mended else []
    while (report := _trust_some(dataset, formatted, run, lookup)) is not None:
        reports.append(report)
        if not dataset.write_mode.goes_file_by_file:
            break
    return reports


def _trust_some(dataset: Dataset, formatted: Table, run: Run, lookup: Lookup) -> StepReport | None:
    clock, root = Clock(), formatted.root
    reports: list[StepReport] = []

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        since = (table.consumed(str(formatted.ref)) if table else None) or 0
        until = _until(dataset, formatted, since)
        if until <= since or not _can_be_judged(dataset, formatted):
            return None
        new = formatted.scan().filter(pl.col(_FILE).is_between(since + 1, until))
        refuse_other_keys(dataset, formatted, table)
        tally, scene = Tally(), Scene(dataset, formatted, table)
        batch = batch_of(dataset, formatted, new, tally)
        file = _last_file(dataset, new, until)
        outcome = take_in(scene, run, batch, file, lookup, tally)
        if not outcome.rows_in:
            verdicts = unless_silent(rules_of(dataset), outcome.verdicts, standing_in(table))
            outcome = replace(outcome, verdicts=verdicts)
        report = replace(_report(dataset, outcome, clock), cleaned=tally.cleaned())
        reports.append(replace(report, problems=changed_steps(dataset, table)))
        note = note_of(run, reports[0], {str(formatted.ref): formatted.version})
        note |= {WRITE_MODE: dataset.write_mode.value, KEY: key_of_rows(dataset)}
        note |= {CHANGES_OLDER: outcome.changes_older, "rows_deleted": outcome.rows_deleted}
        return Change(
            outcome.schema,
            outcome.adds,
            outcome.removes,
            consumed={str(formatted.ref): until, mends_of(formatted): formatted.version},
            note={**note, **attachment(outcome.aside), **cleaning_note(dataset, formatted, tally)},
            column_notes=column_notes_of(dataset, formatted),
            announces=[ATTACHED] if outcome.aside else [],
        )

    table = commit(root, dataset.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _until(dataset: Dataset, formatted: Table, since: int) -> int:
    """Up to which file to go on: all there are, but one at a time where each takes the place of the one before."""
    newest = formatted.consumed(LANDING) or 0
    if not dataset.write_mode.goes_file_by_file or newest <= since:
        return newest
    if dataset.write_mode is WriteMode.SNAPSHOT and dataset.empty_deletes:
        return landed_after(formatted.root, dataset, since)[0].file_id
    new = formatted.scan().filter(pl.col(_FILE).is_between(since + 1, newest))
    files = new.select(pl.col(_FILE).unique().sort()).head(2).collect(engine="streaming").to_series()
    return newest if files.len() < 2 else int(files[0])  # noqa: PLR2004 - the next, and one after it


def _last_file(dataset: Dataset, new: pl.LazyFrame, until: int) -> int:
    """The file that the rows of a snapshot are of; files without a row may come after it."""
    if dataset.write_mode is not WriteMode.SNAPSHOT:
        return until
    found: int | None = new.select(pl.col(_FILE).max()).collect(engine="streaming").item()
    return until if found is None else found


def _can_be_judged(dataset: Dataset, formatted: Table) -> bool:
    """Whether the columns of the rules and steps are known; before the first row came they need not be."""
    named = {name for rule in rules_of(dataset) for name in rule.columns}
    named |= {name for step in dataset.clean for name in step.columns}
    return bool(formatted.row_count) or named <= formatted.schema.keys()


def _report(dataset: Dataset, outcome: Intake, clock: Clock) -> StepReport:
    return StepReport(
        Zone.TRUSTED,
        dataset.name,
        is_changed=True,
        rows_in=outcome.rows_in,
        rows_out=outcome.rows_out,
        rows_quarantined=outcome.rows_quarantined,
        rows_merged=outcome.rows_merged,
        verdicts=outcome.verdicts,
        seconds=clock.seconds,
        effort=clock.effort,
    )
