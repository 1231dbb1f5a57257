"""Trusted: the new rows of formatted, judged by the rules in one pass, merged into one table per dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.governance.runs import record_runs
from lake_assets.model import (
    PROVENANCE,
    Dataset,
    Rule,
    Run,
    Severity,
    StepReport,
    TableRef,
    Verdict,
    WriteMode,
    Zone,
)
from lake_assets.quality import CompiledRule, compile_rules, judge, keep, quarantine_rows
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, Split, discard, write_split
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.formatted import LANDING
from lake_assets.zones.note import KEY, WRITE_MODE, Clock, note_of
from lake_assets.zones.quarantine import ATTACHED, adopt, attachment, set_aside
from lake_assets.zones.superseded import without_superseded

__all__ = ["rules_of", "standing_verdicts", "trust"]

_FILE = PROVENANCE[0]

Lookup = Callable[[TableRef], pl.LazyFrame]


@dataclass(frozen=True)
class _Outcome:
    """What a batch comes to: the files of the table that change, and what is set aside."""

    adds: Sequence[DataFile]
    removes: Sequence[str]
    aside: Sequence[DataFile]
    verdicts: tuple[Verdict, ...]
    rows_in: int
    rows_out: int
    rows_merged: int
    rows_quarantined: int


def rules_of(dataset: Dataset) -> tuple[Rule, ...]:
    """The declared rules, and those every dataset has: cells decode, and a key that rows are merged by is not null."""
    decode = Rule(
        "cells_decode",
        "expression",
        (RESCUED,),
        {"sql": f"{RESCUED} IS NULL"},
        severity=Severity.WARN,
        owner=dataset.owner,
        reason="a cell that does not decode is null in its column",
    )
    key = Rule(
        "key_not_null", "not_null", dataset.key, owner=dataset.owner, reason="rows are merged by their key"
    )
    is_merged = dataset.write_mode is WriteMode.UPSERT and bool(dataset.key)
    return (*dataset.rules, decode, *([key] if is_merged else []))


def standing_verdicts(root: LakeRoot, ref: TableRef) -> tuple[Verdict, ...]:
    """How the rules came out when a table changed last; empty when it is not there."""
    return _standing(find_table(root, ref))


def _standing(table: Table | None) -> tuple[Verdict, ...]:
    note = table.last_note() if table else None
    stored = note.content.get("verdicts", []) if note else []
    return tuple(Verdict(**{**each, "severity": Severity(each["severity"])}) for each in stored)


def trust(root: LakeRoot, dataset: Dataset, run: Run, lookup: Lookup) -> StepReport | None:
    """Judge what is new in the formatted table and take it into the trusted one.

    Args:
        root: The lake.
        dataset: The dataset.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.

    Returns:
        What was done; None when nothing is new.
    """
    clock = Clock()
    reports: list[StepReport] = []
    formatted = find_table(root, dataset.table(Zone.FORMATTED))
    if formatted is None:
        return None

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        since = (table.consumed(str(formatted.ref)) if table else None) or 0
        until = formatted.consumed(LANDING) or 0
        if until <= since:
            return None
        outcome = _judge(root, dataset, run, _batch(dataset, formatted, since, until), table, lookup)
        reports.append(_report(dataset, outcome, clock))
        note = note_of(run, reports[0], {str(formatted.ref): formatted.version})
        note |= {WRITE_MODE: dataset.write_mode.value, KEY: list(dataset.key)}
        return Change(
            formatted.schema,
            outcome.adds,
            outcome.removes,
            consumed={str(formatted.ref): until},
            note={**note, **attachment(outcome.aside)},
            column_notes=_column_notes(formatted),
            announces=[ATTACHED] if outcome.aside else [],
        )

    table = commit(root, dataset.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _batch(dataset: Dataset, formatted: Table, since: int, until: int) -> pl.LazyFrame:
    """The rows of formatted that are new; for `replace` those of the newest file alone."""
    new = formatted.scan().filter(pl.col(_FILE).is_between(since + 1, until))
    if dataset.write_mode is not WriteMode.REPLACE:
        return new
    newest = new.select(pl.col(_FILE).max()).collect(engine="streaming").item()
    return new.filter(pl.col(_FILE) == newest)


def _column_notes(formatted: Table) -> dict[str, dict[str, str]]:
    notes = {column.name: column.metadata.get("comment") for column in formatted.delta.schema().fields}
    return {name: {"comment": str(comment)} for name, comment in notes.items() if comment}


def _judge(
    root: LakeRoot, dataset: Dataset, run: Run, batch: pl.LazyFrame, table: Table | None, lookup: Lookup
) -> _Outcome:
    ref = dataset.table(Zone.TRUSTED)
    is_appended = table is not None and dataset.write_mode is WriteMode.APPEND
    compiled = compile_rules(
        rules_of(dataset), batch, lookup, known=table.scan() if table and is_appended else None
    )
    split = write_split(root, ref, batch, keep(compiled))
    verdicts = judge(
        compiled,
        _scan(root, ref, split.kept, batch),
        _scan(root, ref, split.others, batch),
        kept_rows=_rows(split.kept),
        set_aside_rows=_rows(split.others),
    )
    aside = _set_aside(root, dataset, run, split, batch, compiled)
    kept = (
        without_superseded(root, ref, split.kept, dataset.key)
        if dataset.write_mode is WriteMode.UPSERT
        else split.kept
    )
    adds, removes, replaced = _merge(dataset, table, kept)
    judged = _rows(split.kept) + _rows(split.others)
    superseded = _rows(split.kept) - _rows(kept)
    # A batch without a row is no sign that what was wrong is right again.
    stands = bool(judged) or not all(verdict.is_kept for verdict in verdicts)
    standing = tuple(verdicts) if stands else _standing(table) or tuple(verdicts)
    return _Outcome(
        adds, removes, aside, standing, judged, _rows(kept), superseded + replaced, _rows(split.others)
    )


def _merge(
    dataset: Dataset, table: Table | None, kept: Sequence[DataFile]
) -> tuple[Sequence[DataFile], Sequence[str], int]:
    """Files to add, paths to remove, and how many rows of the table were replaced."""
    if table is None or dataset.write_mode is WriteMode.APPEND:
        return kept, (), 0
    if dataset.write_mode is WriteMode.REPLACE and kept:
        return kept, table.files["path"].to_list() if table.files.height else (), table.row_count
    if not kept:
        return (), (), 0
    upsert = plan_upsert(table, kept, dataset.key)
    return upsert.adds, upsert.removes, upsert.replaced_rows


def _set_aside(
    root: LakeRoot,
    dataset: Dataset,
    run: Run,
    split: Split,
    batch: pl.LazyFrame,
    compiled: list[CompiledRule],
) -> list[DataFile]:
    """Move the rows that break a rule beside the quarantine, in its shape."""
    if not split.others:
        return []
    ref = dataset.table(Zone.TRUSTED)
    rows = _scan(root, ref, split.others, batch)
    shaped = quarantine_rows(rows, compiled, stage=Zone.TRUSTED, run_id=run.run_id, at=datetime.now(UTC))
    aside = set_aside(root, dataset, shaped)
    discard(root, ref, split.others)
    return aside


def _scan(root: LakeRoot, ref: TableRef, files: Sequence[DataFile], like: pl.LazyFrame) -> pl.LazyFrame:
    if not files:
        return pl.LazyFrame(schema=like.collect_schema())
    uris = [f"{root.table_uri(ref)}/{file.path}" for file in files]
    return pl.scan_parquet(uris, storage_options=root.storage_options or None)


def _rows(files: Sequence[DataFile]) -> int:
    return sum(file.rows for file in files)


def _report(dataset: Dataset, outcome: _Outcome, clock: Clock) -> StepReport:
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
    )
