"""Formatted: landed files in the canonical model, nothing cleaned, nothing lost.

Records in are rows out plus records quarantined, for every file, checked on what was really written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from lake_assets.governance.processed_files import landed_after
from lake_assets.governance.runs import record_runs
from lake_assets.model import Dataset, LandedFile, Run, StepReport, Zone
from lake_assets.model import Mapping as ColumnMapping
from lake_assets.quality import quarantine_records
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.accounting import not_whole
from lake_assets.zones.decoding import (
    Doubts,
    Opened,
    Opening,
    lacking_elements,
    map_elements,
    nested_types,
    open_files,
    typed_frame,
)
from lake_assets.zones.note import Clock, note_of
from lake_assets.zones.pinned_mapping import column_notes, mapping_in_force, stored_schema
from lake_assets.zones.quarantine import ATTACHED, adopt, attachment, set_aside

__all__ = ["LANDING", "format_files"]

LANDING = "persistent_landing"
"""The input of formatted tables: consumed up to the id of a landed file."""

_FILES_PER_COMMIT = 512


@dataclass(frozen=True)
class _Written:
    files: list[DataFile]
    opening: Opening
    mapping: ColumnMapping
    schema: pl.Schema


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
    while (report := _format_some(root, dataset, run)) is not None:
        reports.append(report)
    return reports


def _format_some(root: LakeRoot, dataset: Dataset, run: Run) -> StepReport | None:
    clock = Clock()
    reports: list[StepReport] = []

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        consumed = (table.consumed(LANDING) if table else None) or 0
        files = landed_after(root, dataset, consumed)[:_FILES_PER_COMMIT]
        if not files:
            return None
        written = _write(root, dataset, table, files)
        reports.append(_report(dataset, files, written, clock))
        return _change(root, dataset, run, files, written, reports[0])

    table = commit(root, dataset.table(Zone.FORMATTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return next((StepReport(**{**vars(each), "version": table and table.version}) for each in reports), None)


def _write(root: LakeRoot, dataset: Dataset, table: Table | None, files: Sequence[LandedFile]) -> _Written:
    """Write all files, the fast way first; those that prove not whole again, carefully."""
    doubts = Doubts()
    while True:
        written = _attempt(root, dataset, table, files, doubts)
        if written is None:
            continue
        doubtful = not_whole(root, dataset, written.opening.opened, written.files, written.mapping)
        if not doubtful:
            return written
        discard(root, dataset.table(Zone.FORMATTED), written.files)
        _doubt(doubts, written.opening.opened, dict.fromkeys(doubtful, "not every record came out of it"))


def _attempt(
    root: LakeRoot, dataset: Dataset, table: Table | None, files: Sequence[LandedFile], doubts: Doubts
) -> _Written | None:
    """Write once; None when some file could not be read, which is then noted as a doubt."""
    known = mapping_in_force(dataset, table)
    opening = open_files(root, dataset, known, files, doubts)
    try:
        mapping = map_elements(known, opening.opened)
        schema = stored_schema(
            mapping, nested_types(mapping, opening.opened, table.schema if table else pl.Schema())
        )
        frame = (
            typed_frame(opening.opened, mapping, schema) if opening.opened else pl.LazyFrame(schema=schema)
        )
        return _Written(
            write_data_files(root, dataset.table(Zone.FORMATTED), frame), opening, mapping, schema
        )
    except pl.exceptions.PolarsError:
        failures = {each.file.file_id: _failure(each.decoded.frame) for each in opening.opened}
        culprits = {file_id: reason for file_id, reason in failures.items() if reason}
        if not culprits:
            raise
        _doubt(doubts, opening.opened, culprits)
        return None


def _doubt(doubts: Doubts, opened: Sequence[Opened], reasons: Mapping[int, str]) -> None:
    """Read the files with care next time; those that were read so already cannot be read."""
    for each in opened:
        if each.is_careful and each.file.file_id in reasons:
            doubts.unreadable[each.file.file_id] = reasons[each.file.file_id]
    doubts.careful |= reasons.keys()


def _failure(frame: pl.LazyFrame) -> str:
    """Why a frame cannot be read; empty when it can."""
    try:
        frame.select(pl.all().null_count()).collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        return str(error)
    return ""


def _report(dataset: Dataset, files: Sequence[LandedFile], written: _Written, clock: Clock) -> StepReport:
    rows = sum(file.rows for file in written.files)
    refused = written.opening.refused
    whole = [each for each in refused if each.row == 0]
    return StepReport(
        Zone.FORMATTED,
        dataset.name,
        is_changed=True,
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        rows_in=rows + len(refused),
        rows_out=rows,
        rows_quarantined=len(refused),
        problems=(
            *(each.reason for each in whole),
            *lacking_elements(written.mapping, written.opening.opened),
        ),
        seconds=clock.seconds,
    )


def _change(
    root: LakeRoot,
    dataset: Dataset,
    run: Run,
    files: Sequence[LandedFile],
    written: _Written,
    report: StepReport,
) -> Change:
    refused = [(each.file.file_id, each.row, each.raw, each.reason) for each in written.opening.refused]
    rows = quarantine_records(refused, run_id=run.run_id, at=datetime.now(UTC))
    aside = set_aside(root, dataset, rows) if refused else []
    decisions = {str(each.file.file_id): each.decoded.decision for each in written.opening.opened}
    note = note_of(run, report, {LANDING: files[-1].file_id})
    return Change(
        written.schema,
        written.files,
        consumed={LANDING: files[-1].file_id},
        note={**note, **attachment(aside), "decisions": decisions},
        column_notes=column_notes(written.mapping),
        announces=[ATTACHED] if aside else [],
    )
