"""Landed files decoded again, after the mapping or the format was mended.

Decoded again are the files that were decoded by another mapping or format than is declared now, and those of which
something could not be read. What comes out takes the place of the rows that were there, by file and record, unless it
would lose a cell that was not lost. Every row that is other than it was is in the quarantine as history, with what it
said before, by whom it was decoded anew, and why; by that the trusted zone knows which rows to take in again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.governance.erasures import erased_places
from lake_assets.governance.processed_files import landed_after
from lake_assets.governance.runs import record_runs
from lake_assets.model import PROVENANCE, Dataset, LandedFile, Run, StepReport, Zone
from lake_assets.quality import PARSES, quarantine_records
from lake_assets.quality.records import record_text
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, discard
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.upsert import plan_rewrite
from lake_assets.zones.after_erasure import rows_without_bytes, without_erased
from lake_assets.zones.cleaned import withheld
from lake_assets.zones.decoded_by import AGAIN, DECODED_BY, LANDING, decoded_by, retyped, stale_files
from lake_assets.zones.note import Clock, note_of
from lake_assets.zones.opened import Refused
from lake_assets.zones.pinned_mapping import column_notes
from lake_assets.zones.quarantine import ATTACHED, adopt, attachment, open_rows, readmission, set_aside
from lake_assets.zones.redecoded import Found, compared
from lake_assets.zones.retake import MENDED
from lake_assets.zones.written import Written, write_files

__all__ = ["redecode"]

_FILE, _ROW = PROVENANCE
_BY_PLACE = list(PROVENANCE)
_FILES_AT_ONCE = 512


@dataclass(frozen=True)
class _Again:
    """Files that were decoded again.

    Args:
        files: The files.
        aside: What the quarantine holds open of the formatted zone.
        written: What came out of them, some at a time.
        is_whole: Whether it takes the place of the whole table, since a column has another type now.
    """

    files: Sequence[LandedFile]
    aside: pl.DataFrame
    written: Sequence[Written]
    is_whole: bool

    @property
    def staged(self) -> list[DataFile]:
        """The data files."""
        return [file for each in self.written for file in each.files]

    @property
    def opened(self) -> list[int]:
        """Ids of the files that could be read."""
        return [each.file.file_id for part in self.written for each in part.opening.opened]

    @property
    def refused(self) -> list[Refused]:
        """What could not be placed in a row."""
        return [each for part in self.written for each in part.opening.refused]


def redecode(root: LakeRoot, dataset: Dataset, run: Run, why: str) -> StepReport | None:
    """Decode again what was decoded by another mapping or format, and what could not be read.

    Args:
        root: The lake.
        dataset: The dataset, with the mapping and the format as they are now.
        run: The run, for the record.
        why: Why, for the record.

    Returns:
        What came of it: rows in are the records of these files, rows out those that are new or other than they were.
        None when there was nothing to decode again, or nothing came out otherwise.
    """
    clock = Clock()
    reports: list[StepReport] = []

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        if table is None:
            return None
        aside = _aside(root, dataset, table)
        files = landed_after(root, dataset, 0)
        files = [file for file in files if file.file_id <= (table.consumed(LANDING) or 0)]
        stale = stale_files(dataset, table, files, run.code_version)
        wanted = _wanted(dataset, table, files, stale, aside)
        if not wanted:
            return None
        again = _decoded(root, dataset, table, wanted, aside)
        found = compared(table, again.staged, again.opened, is_whole=again.is_whole)
        if not stale and not _says_something(again, found):
            discard(root, table.ref, again.staged)
            return None
        reports.append(_report(dataset, again, found, clock))
        return _change(dataset, table, run, why, again, found, reports[0])

    table = commit(root, dataset.table(Zone.FORMATTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _aside(root: LakeRoot, dataset: Dataset, table: Table) -> pl.DataFrame:
    quarantine = adopt(dataset, table) or find_table(root, dataset.table(Zone.QUARANTINE))
    return open_rows(quarantine, Zone.FORMATTED).collect(engine="streaming")


def _wanted(
    dataset: Dataset,
    table: Table,
    files: Sequence[LandedFile],
    stale: Sequence[LandedFile],
    aside: pl.DataFrame,
) -> list[LandedFile]:
    """The files to decode: where a column has another type now, all of them."""
    if retyped(dataset, table):
        return list(files)
    wanted = {file.file_id for file in stale} | set(aside[_FILE])
    return [file for file in files if file.file_id in wanted]


def _decoded(
    root: LakeRoot, dataset: Dataset, table: Table, files: Sequence[LandedFile], aside: pl.DataFrame
) -> _Again:
    written: list[Written] = []
    known, erased = dataset, erased_places(root, dataset.name)
    for start in range(0, len(files), _FILES_AT_ONCE):
        some = write_files(root, known, table, files[start : start + _FILES_AT_ONCE])
        written.append(without_erased(table, some, erased))
        # What the first files bring of new elements is pinned for the others.
        known = replace(dataset, mapping=written[-1].mapping)
    return _Again(files, aside, written, is_whole=bool(retyped(dataset, table)))


def _says_something(again: _Again, found: Found) -> bool:
    return not (found.taken.is_empty() and found.removed.is_empty() and _closed(again).is_empty())


def _change(
    dataset: Dataset, table: Table, run: Run, why: str, again: _Again, found: Found, report: StepReport
) -> Change:
    root, now = table.root, datetime.now(UTC)
    closed = _closed(again).lazy()
    history = pl.concat([closed, *_history(table, again, found, run, now)], how="diagonal")
    said = readmission(root, dataset, [withheld(dataset, history)], run_id=run.run_id, at=now, why=why)
    refused = quarantine_records(_newly_refused(again, found), run_id=run.run_id, at=now)
    note = note_of(run, report, {LANDING: table.consumed(LANDING) or 0})
    note |= {"why": why, DECODED_BY: decoded_by(dataset), AGAIN: [file.file_id for file in again.files]}
    note |= {**said, **attachment(set_aside(root, dataset, withheld(dataset, refused)))}
    note |= {MENDED: now.isoformat()} if _says_something(again, found) else {}
    adds, removes = _entering(table, again, found)
    last = again.written[-1] if again.written else None
    return Change(
        last.schema if last else table.schema,
        adds,
        removes,
        note=note,
        column_notes=column_notes(last.mapping) if last else {},
        replaces_table=again.is_whole,
        announces=[ATTACHED, MENDED] if _says_something(again, found) else [],
    )


def _entering(table: Table, again: _Again, found: Found) -> tuple[Sequence[DataFile], Sequence[str]]:
    """Files to add, and paths to remove."""
    if again.is_whole:
        return [*again.staged, *rows_without_bytes(table, again.files, again.written[-1].schema)], []
    if found.taken.is_empty() and found.removed.is_empty():
        discard(table.root, table.ref, again.staged)
        return [], []
    new = _scan(table, again.staged).join(found.taken.lazy(), on=_BY_PLACE, how="semi")
    gone = pl.concat([found.changed, found.removed]).lazy()
    planned = plan_rewrite(table, gone, new)
    discard(table.root, table.ref, again.staged)
    return planned.adds, planned.removes


def _scan(table: Table, files: Sequence[DataFile]) -> pl.LazyFrame:
    if not files:
        return pl.LazyFrame(schema=table.schema)
    uris = table.uris([file.path for file in files])
    return pl.scan_parquet(uris, glob=False, storage_options=table.root.storage_options or None)


def _closed(again: _Again) -> pl.DataFrame:
    """What could not be read and can be now: a record that is no longer refused, a file that opens."""
    places = {(each.file.file_id, each.row) for each in again.refused}
    refused = pl.DataFrame(list(places), schema=dict.fromkeys(PROVENANCE, pl.Int64), orient="row")
    opened = again.aside.filter(pl.col(_FILE).is_in(again.opened))
    return opened.join(refused, on=_BY_PLACE, how="anti", maintain_order="left")


def _newly_refused(again: _Again, found: Found) -> list[tuple[int, int, str, str]]:
    """What was not set aside before; a file that had been read keeps its rows, unless all are made anew."""
    known = set(again.aside.select(PROVENANCE).iter_rows())
    keeps = set() if again.is_whole else set(found.there)
    return [
        (each.file.file_id, each.row, each.raw, each.reason)
        for each in again.refused
        if (each.file.file_id, each.row) not in known and not (each.row == 0 and each.file.file_id in keeps)
    ]


def _history(table: Table, again: _Again, found: Found, run: Run, now: datetime) -> list[pl.LazyFrame]:
    """Rows that are other than they were, with what they said, and rows that came out only now."""
    other = pl.concat([found.changed, found.removed]).lazy()
    old = table.scan().join(other, on=_BY_PLACE, how="semi")
    said = old.select(*PROVENANCE, record_text(table.schema).alias("record"))
    closed = _closed(again)
    whole = closed.filter(pl.col(_ROW) == 0)[_FILE].to_list()
    new = found.taken.join(found.changed, on=_BY_PLACE, how="anti").join(closed, on=_BY_PLACE, how="anti")
    new = new.filter(~pl.col(_FILE).is_in(whole)).with_columns(pl.lit("").alias("record"))
    return [
        _told(said, "cells_decode", "other than it was decoded before", run, now),
        _told(new.lazy(), PARSES, "a record that came out only now", run, now),
    ]


def _told(rows: pl.LazyFrame, rule: str, reason: str, run: Run, now: datetime) -> pl.LazyFrame:
    return rows.with_columns(
        pl.lit(Zone.FORMATTED.value).alias("stage"),
        pl.lit([rule], pl.List(pl.String)).alias("rules"),
        pl.lit(reason).alias("reason"),
        pl.lit(run.run_id).alias("run_id"),
        pl.lit(now, pl.Datetime("us", "UTC")).alias("quarantined_at"),
    )


def _report(dataset: Dataset, again: _Again, found: Found, clock: Clock) -> StepReport:
    refused = _newly_refused(again, found)
    return StepReport(
        Zone.FORMATTED,
        dataset.name,
        is_changed=True,
        files=len(again.files),
        size_bytes=sum(file.size_bytes for file in again.files),
        rows_in=sum(file.rows for file in again.staged) + len(again.refused),
        rows_out=found.taken.height,
        rows_quarantined=len(refused),
        rows_merged=found.changed.height,
        problems=tuple(each.reason for each in again.refused if each.row == 0),
        seconds=clock.seconds,
        effort=clock.effort,
    )
