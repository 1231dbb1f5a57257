"""Child tables: the elements of a list column as a trusted table of their own, judged by rules of their own.

A child table follows the trusted table of its parent: what it has consumed is a version of that. Rows that are new
there since are taken in alone; where older ones were changed, taken back or replaced as a whole, the child table is
made anew. Elements that its own rules set aside stay set aside until a replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.errors import BlockedError
from lake_assets.governance.runs import record_runs
from lake_assets.model import PROVENANCE, Dataset, Run, StepReport, TableRef, Verdict, WriteMode, Zone
from lake_assets.quality import CompiledRule, Lookup, judge, keep, quarantine_rows, stops_told, unless_silent
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, Split, discard, write_split
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table, find_table
from lake_assets.zones.elements import elements_of, has_elements, meanings
from lake_assets.zones.leaving import Staying, without
from lake_assets.zones.note import KEY, WRITE_MODE, Clock, note_of, standing_in
from lake_assets.zones.quarantine import ATTACHED, READMITTED, adopt, attachment, open_rows, set_aside
from lake_assets.zones.rules import compile_for, rules_of

__all__ = ["parent_table", "refuse_blocked", "trust_child"]

_FILE = PROVENANCE[0]
_CHANGES_OLDER = "changes_older"


@dataclass(frozen=True)
class _News:
    """What a child table has to take in.

    Args:
        rows: Rows of the parent.
        leaving: The keys of the parent whose elements leave the table first; None when none do.
        is_whole: Whether the rows are all there are, and take the place of the table.
    """

    rows: pl.LazyFrame
    leaving: pl.DataFrame | None = None
    is_whole: bool = False


def parent_table(root: LakeRoot, child: Dataset) -> Table | None:
    """The trusted table that a child table is made of; None when it or its column of lists is not there yet.

    Raises:
        SchemaError: When the column holds no lists.
    """
    parent = find_table(root, TableRef(Zone.TRUSTED, child.parent))
    return parent if parent is not None and has_elements(parent, child) else None


def refuse_blocked(child: Dataset, standing: Sequence[Verdict]) -> None:
    """Hold a child table back while a blocking rule of its parent stands broken.

    Raises:
        BlockedError: Then.
    """
    blocking = [verdict.rule_id for verdict in standing if verdict.blocks]
    if blocking:
        ref = TableRef(Zone.TRUSTED, child.parent)
        raise BlockedError(
            f"the blocking rule {', '.join(blocking)} stands broken on {ref}",
            place=f"table {child.table(Zone.TRUSTED)}",
            mend=f"land corrected data for {ref}, or relax the rule where it is declared",
        )


def trust_child(root: LakeRoot, child: Dataset, run: Run, lookup: Lookup) -> StepReport | None:
    """Take the elements that are new in the parent's trusted table into the child's.

    Args:
        root: The lake.
        child: The child table.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.

    Returns:
        What was done; None when nothing is new.

    Raises:
        SchemaError: When the column that it is made of holds no lists, or a rule stops at a value.
    """
    clock, reports = Clock(), list[StepReport]()
    parent = parent_table(root, child)

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        news = _news(child, parent, table) if parent is not None else None
        if parent is None or news is None:
            return None
        elements = elements_of(news.rows, child)
        with stops_told(rules_of(child), lambda: elements, lookup, child.table(Zone.TRUSTED)):
            intake = _take_in(root, child, run, news, table, lookup)
        reports.append(_report(child, intake, clock))
        note = note_of(run, reports[0], {str(parent.ref): parent.version})
        note |= {WRITE_MODE: intake.mode.value, KEY: list(child.key)}
        return Change(
            elements_of(parent.scan(), child).collect_schema(),
            intake.adds,
            intake.removes,
            consumed={parent.input_name: parent.version, _files_of(parent): _newest_file(parent)},
            note={**note, **attachment(intake.aside)},
            column_notes=meanings(child),
            announces=[ATTACHED] if intake.aside else [],
        )

    table = commit(root, child.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(child, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _files_of(parent: Table) -> str:
    return f"{parent.input_name}{_FILE}"


def _newest_file(parent: Table) -> int:
    """Up to which file the parent has come."""
    found = parent.files[f"max.{_FILE}"].max() if f"max.{_FILE}" in parent.files.columns else None
    return found if isinstance(found, int) else 0


def _news(child: Dataset, parent: Table, table: Table | None) -> _News | None:
    """What there is to take in; None when nothing of the parent changed."""
    since = table.consumed(parent.input_name) if table else None
    if table is None or since is None:
        return _News(parent.scan(), is_whole=True)
    notes = parent.notes(since)
    if not notes:
        return None
    if any(map(_is_no_increment, notes)):
        return _News(parent.scan(), is_whole=True)
    new = parent.scan().filter(pl.col(_FILE) > (table.consumed(_files_of(parent)) or 0))
    has_replaced = any(note.content.get("rows_merged") for note in notes)
    keys = new.select(child.key[:-1]).collect(engine="streaming") if has_replaced else None
    return _News(new, keys)


def _is_no_increment(note: Note) -> bool:
    """Whether a commit of the parent did more than add rows of newer files, or replace rows of the same key by them."""
    is_other = note.content.get(WRITE_MODE) not in {WriteMode.APPEND, WriteMode.UPSERT}
    return is_other or READMITTED in note.content or bool(note.content.get(_CHANGES_OLDER))


@dataclass(frozen=True)
class _Intake:
    """What news come to: files that change, rows that are set aside, verdicts, and counts of rows."""

    mode: WriteMode
    adds: Sequence[DataFile]
    removes: Sequence[str]
    aside: Sequence[DataFile]
    verdicts: tuple[Verdict, ...]
    rows_out: int
    rows_quarantined: int
    rows_merged: int


def _take_in(
    root: LakeRoot, child: Dataset, run: Run, news: _News, table: Table | None, lookup: Lookup
) -> _Intake:
    """Judge the elements, set aside those that break a rule, and write the others as they enter the table."""
    batch, ref = elements_of(news.rows, child), child.table(Zone.TRUSTED)
    if table is not None and news.is_whole:
        aside = open_rows(adopt(child, table), Zone.TRUSTED).select(PROVENANCE)
        batch = batch.join(aside, on=list(PROVENANCE), how="anti")
    compiled = compile_for(child, batch, _beside(news, table), lookup)
    split = write_split(root, ref, batch, keep(compiled))
    kept, others = (sum(file.rows for file in files) for files in (split.kept, split.others))
    verdicts = judge(
        compiled,
        _scan(root, ref, split.kept, batch),
        _scan(root, ref, split.others, batch),
        kept_rows=kept,
        set_aside_rows=others,
    )
    if not kept + others and not news.is_whole:
        verdicts = list(unless_silent(rules_of(child), verdicts, standing_in(table)))
    aside_files = _set_aside(root, child, run, split, batch, compiled)
    adds, removes, replaced = _enter(root, ref, news, table, split.kept, batch)
    mode = WriteMode.REPLACE if news.is_whole else child.write_mode
    return _Intake(mode, adds, removes, aside_files, tuple(verdicts), kept, others, replaced)


def _beside(news: _News, table: Table | None) -> Table | None:
    """The table without the rows that leave it: what new rows are to stand beside."""
    if table is None or news.is_whole:
        return None
    return table if news.leaving is None else Staying(table.root, table.ref, table.delta, news.leaving)


def _enter(
    root: LakeRoot,
    ref: TableRef,
    news: _News,
    table: Table | None,
    kept: Sequence[DataFile],
    batch: pl.LazyFrame,
) -> tuple[Sequence[DataFile], Sequence[str], int]:
    """Files to add, paths to remove, and how many rows of the table left it."""
    if table is None or not table.files.height:
        return kept, (), 0
    if news.is_whole:
        return kept, table.files["path"].to_list(), table.row_count
    if news.leaving is None:
        return kept, (), 0
    adds, removes, left = without(table, news.leaving, _scan(root, ref, kept, batch))
    if removes:
        discard(root, ref, kept)
    return (adds if removes else kept), removes, left


def _scan(root: LakeRoot, ref: TableRef, files: Sequence[DataFile], like: pl.LazyFrame) -> pl.LazyFrame:
    if not files:
        return pl.LazyFrame(schema=like.collect_schema())
    uris = [f"{root.table_uri(ref)}/{file.path}" for file in files]
    return pl.scan_parquet(uris, glob=False, storage_options=root.storage_options or None)


def _set_aside(
    root: LakeRoot,
    child: Dataset,
    run: Run,
    split: Split,
    batch: pl.LazyFrame,
    compiled: Sequence[CompiledRule],
) -> list[DataFile]:
    if not split.others:
        return []
    ref = child.table(Zone.TRUSTED)
    rows = _scan(root, ref, split.others, batch)
    shaped = quarantine_rows(rows, compiled, stage=Zone.TRUSTED, run_id=run.run_id, at=datetime.now(UTC))
    aside = set_aside(root, child, shaped)
    discard(root, ref, split.others)
    return aside


def _report(child: Dataset, intake: _Intake, clock: Clock) -> StepReport:
    return StepReport(
        Zone.TRUSTED,
        child.name,
        is_changed=True,
        rows_in=intake.rows_out + intake.rows_quarantined,
        rows_out=intake.rows_out,
        rows_quarantined=intake.rows_quarantined,
        rows_merged=intake.rows_merged,
        verdicts=intake.verdicts,
        seconds=clock.seconds,
        effort=clock.effort,
    )
