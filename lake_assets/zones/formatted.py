"""Formatted: landed files in the canonical model, nothing cleaned, nothing lost.

Records in are rows out plus records quarantined, for every file, checked on what was really written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import accumulate

from lake_assets.governance.processed_files import landed_after
from lake_assets.governance.runs import record_runs
from lake_assets.governance.schema_drift import DRIFTS, record_drift
from lake_assets.model import Dataset, Drift, LandedFile, Run, StepReport, Zone
from lake_assets.quality import quarantine_records
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.cleaned import withheld
from lake_assets.zones.decoded_by import DECODED_BY, LANDING, decoded_by, refuse_retyped
from lake_assets.zones.decoding import lacking_elements
from lake_assets.zones.drift import drift_rule, drifts_of, stability
from lake_assets.zones.note import Clock, note_of
from lake_assets.zones.numbers import NUMBERS_AS_TEXT
from lake_assets.zones.pinned_mapping import column_notes
from lake_assets.zones.quarantine import ATTACHED, adopt, attachment, set_aside
from lake_assets.zones.small_files import files_at_once
from lake_assets.zones.written import Written, write_files

__all__ = ["LANDING", "format_files"]

_BYTES_PER_COMMIT = 128 << 20


def format_files(root: LakeRoot, dataset: Dataset, run: Run) -> list[StepReport]:
    """Decode every landed file that the formatted table has not consumed.

    Args:
        root: The lake.
        dataset: The dataset.
        run: The run, for the record.

    Returns:
        A report for each commit, oldest first; empty when nothing is new.
    """
    reports: list[StepReport] = []
    has_more = True
    while has_more:
        report, has_more = _format_some(root, dataset, run)
        reports += [report] if report else []
    return reports


def _format_some(root: LakeRoot, dataset: Dataset, run: Run) -> tuple[StepReport | None, bool]:
    """One commit, and whether files are left after it."""
    clock = Clock()
    reports: list[StepReport] = []
    left: list[LandedFile] = []
    most = files_at_once(dataset)

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        consumed = (table.consumed(LANDING) if table else None) or 0
        # One more than are taken, which says whether any are left.
        left[:] = landed_after(root, dataset, consumed, most + 1)
        files = _together(left[:most])
        if not files:
            return None
        refuse_retyped(dataset, table)
        written = write_files(root, dataset, table, files)
        del left[: len(files)]
        reports.append(_report(root, dataset, files, written, clock))
        return _change(root, dataset, run, files, written, reports[0])

    table = commit(root, dataset.table(Zone.FORMATTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
        record_drift(table, dataset)
    return (replace(reports[0], version=table.version) if table and reports else None), bool(left)


def _together(files: Sequence[LandedFile]) -> Sequence[LandedFile]:
    """The first files, as many as are read for one commit: a format may have to hold them in memory until then."""
    sizes = accumulate(file.size_bytes for file in files)
    return files[: max(1, sum(size <= _BYTES_PER_COMMIT for size in sizes))]


def _report(
    root: LakeRoot, dataset: Dataset, files: Sequence[LandedFile], written: Written, clock: Clock
) -> StepReport:
    rows = sum(file.rows for file in written.files)
    refused = written.opening.refused
    whole = [each for each in refused if each.row == 0]
    drifts = drifts_of(root, dataset, written)
    return StepReport(
        Zone.FORMATTED,
        dataset.name,
        is_changed=True,
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        rows_in=rows + len(refused),
        rows_out=rows,
        rows_quarantined=len(refused),
        drifts=drifts,
        verdicts=(stability(drift_rule(dataset), drifts, len(written.mapping.columns)),),
        problems=(
            *(each.reason for each in whole),
            *lacking_elements(written.mapping, written.opening.opened),
        ),
        seconds=clock.seconds,
        effort=clock.effort,
    )


def _change(
    root: LakeRoot,
    dataset: Dataset,
    run: Run,
    files: Sequence[LandedFile],
    written: Written,
    report: StepReport,
) -> Change:
    refused = [(each.file.file_id, each.row, each.raw, each.reason) for each in written.opening.refused]
    rows = withheld(dataset, quarantine_records(refused, run_id=run.run_id, at=datetime.now(UTC)))
    aside = set_aside(root, dataset, rows) if refused else []
    decisions = {str(each.file.file_id): each.decoded.decision for each in written.opening.opened}
    note = note_of(run, report, {LANDING: files[-1].file_id})
    drifts = {DRIFTS: [_noted(dataset, drift) for drift in report.drifts]} if report.drifts else {}
    return Change(
        written.schema,
        written.files,
        consumed={LANDING: files[-1].file_id},
        note={
            **note,
            **attachment(aside),
            **drifts,
            **({NUMBERS_AS_TEXT: True} if written.has_odd_numbers else {}),
            "decisions": decisions,
            DECODED_BY: decoded_by(dataset),
        },
        column_notes=column_notes(written.mapping),
        announces=[*([ATTACHED] if aside else []), *drifts],
    )


def _noted(dataset: Dataset, drift: Drift) -> dict[str, object]:
    return {**asdict(drift), "policy": dataset.mapping.drift.value}
