"""A batch of new rows on its way into a trusted table: judged, split in one pass, merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from lake_assets.cleaning import Tally
from lake_assets.model import PROVENANCE, Dataset, Run, Verdict, WriteMode, Zone
from lake_assets.quality import (
    CompiledRule,
    Lookup,
    is_at,
    judge,
    judge_table,
    keep,
    quarantine_rows,
    stops_told,
    superseded,
)
from lake_assets.storage.data_files import DataFile, Split, discard, write_split
from lake_assets.zones.merging import as_entering, enter, rank
from lake_assets.zones.note import measured_in, standing_in
from lake_assets.zones.quarantine import open_rows, set_aside
from lake_assets.zones.rules import compile_for, repeated, rules_of
from lake_assets.zones.scene import Scene
from lake_assets.zones.snapshots import Presence

__all__ = ["Intake", "take_in"]

_FILE = PROVENANCE[0]


@dataclass(frozen=True)
class Intake:
    """What a batch comes to: the files of the table that change, and what is set aside.

    Args:
        adds: Files to add.
        removes: Paths of files to remove.
        aside: Files of rows for the quarantine.
        verdicts: How the rules came out.
        rows_in: Number of rows judged.
        rows_out: Number of rows accepted.
        rows_merged: Number of rows that replaced one of the same key, or did not enter since one supersedes them or
            says the same.
        rows_quarantined: Number of rows set aside.
        rows_deleted: Number of rows of the table that a snapshot deleted.
        changes_older: Whether rows of files taken in before are other than they were, or gone.
        schema: Of the rows that enter.
    """

    adds: Sequence[DataFile]
    removes: Sequence[str]
    aside: Sequence[DataFile]
    verdicts: tuple[Verdict, ...]
    rows_in: int
    rows_out: int
    rows_merged: int
    rows_quarantined: int
    rows_deleted: int
    changes_older: bool
    schema: pl.Schema


def take_in(scene: Scene, run: Run, batch: pl.LazyFrame, file: int, lookup: Lookup, tally: Tally) -> Intake:
    """Judge a batch, set aside what breaks a rule, and write the rest as it enters the table.

    Args:
        scene: Where it enters.
        run: The run, for the record.
        batch: The new rows.
        file: The id of the last file they are from; of no rows, that of the last file without one.
        lookup: Finds the rows of a table that a rule refers to.
        tally: Counts what is cleaned while the batch is written.

    Raises:
        SchemaError: When a rule stops at a value.
    """
    with stops_told(rules_of(scene.dataset), lambda: batch, lookup, scene.ref):
        return _taken_in(scene, run, batch, file, lookup, tally)


def _taken_in(scene: Scene, run: Run, batch: pl.LazyFrame, file: int, lookup: Lookup, tally: Tally) -> Intake:
    dataset = scene.dataset
    again = repeated(dataset, batch, scene.table, lookup, tally)
    compiled = compile_for(dataset, batch.filter(~is_at(again)), scene.table, lookup)
    gone = pl.concat([again, _superseded(dataset, batch, compiled)])
    last = measured_in(standing_in(scene.table))
    entering = as_entering(dataset, batch)
    with tally:
        split = write_split(scene.root, scene.ref, entering, keep(compiled) & ~is_at(gone))
    verdicts = judge(
        compiled,
        scene.scan(split.kept, entering),
        scene.scan(split.others, entering),
        kept_rows=_rows(split.kept),
        set_aside_rows=_rows(split.others),
        key=dataset.shown_key,
        last=last,
    )
    entry = enter(scene, split.kept, _presence(scene, split, batch, file))
    aside = _set_aside(scene, run, split, batch, compiled)
    verdicts = judge_table(compiled, verdicts, lambda: scene.as_it_will_be(entry, entering), last)
    kept, others = _rows(split.kept), _rows(split.others)
    return Intake(
        entry.adds,
        entry.removes,
        aside,
        tuple(verdicts),
        rows_in=kept + others,
        rows_out=entry.entered,
        rows_merged=gone.len() + kept - entry.entered + entry.replaced,
        rows_quarantined=others - gone.len(),
        rows_deleted=entry.deleted,
        changes_older=entry.changes_older,
        schema=entering.collect_schema(),
    )


def _superseded(dataset: Dataset, batch: pl.LazyFrame, compiled: Sequence[CompiledRule]) -> pl.Series:
    """Positions of the rows that a later row of the batch replaces before they enter the table."""
    if dataset.write_mode not in {WriteMode.UPSERT, WriteMode.SNAPSHOT}:
        return pl.Series(dtype=pl.Int128)
    return superseded(dataset.key, batch, keep(compiled), tuple(rank(dataset)))


def _presence(scene: Scene, split: Split, batch: pl.LazyFrame, file: int) -> Presence:
    """What a snapshot has besides the rows that it brings; of other modes nothing is asked."""
    like = batch.select(scene.key)
    if scene.dataset.write_mode is not WriteMode.SNAPSHOT:
        return Presence(file, like, is_whole=False)
    aside = scene.scan(split.others, batch).select(scene.key)
    lacks_key = pl.any_horizontal(pl.col(name).is_null() for name in scene.key)
    unread = open_rows(scene.quarantine(), Zone.FORMATTED).filter(pl.col(_FILE) == file)
    doubts = pl.concat([aside.filter(lacks_key).select(pl.len()), unread.select(pl.len())])
    has_rows = bool(_rows(split.kept) + _rows(split.others)) or scene.dataset.empty_deletes
    return Presence(file, aside, is_whole=has_rows and not doubts.sum().collect().item())


def _set_aside(
    scene: Scene, run: Run, split: Split, batch: pl.LazyFrame, compiled: Sequence[CompiledRule]
) -> list[DataFile]:
    """Move the rows that break a rule beside the quarantine, in its shape; superseded ones are let go."""
    if not split.others:
        return []
    rows = scene.scan(split.others).select(batch.collect_schema().names()).filter(~keep(compiled))
    shaped = quarantine_rows(rows, compiled, stage=Zone.TRUSTED, run_id=run.run_id, at=datetime.now(UTC))
    aside = set_aside(scene.root, scene.dataset, shaped)
    discard(scene.root, scene.ref, split.others)
    return aside


def _rows(files: Sequence[DataFile]) -> int:
    return sum(file.rows for file in files)
