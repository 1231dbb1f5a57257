"""A batch of new rows on its way into a trusted table: judged, split in one pass, merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from lake_assets.model import Dataset, Run, TableRef, Verdict, WriteMode, Zone
from lake_assets.quality import (
    CompiledRule,
    Lookup,
    is_at,
    judge,
    judge_table,
    keep,
    quarantine_rows,
    superseded,
)
from lake_assets.storage.data_files import DataFile, Split, discard, write_split
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.storage.upsert import plan_upsert
from lake_assets.zones.note import measured_in, standing_in
from lake_assets.zones.quarantine import set_aside
from lake_assets.zones.rules import compile_for

__all__ = ["Intake", "take_in"]


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
        rows_merged: Number of rows that replaced one of the same key, or were superseded by one of the batch.
        rows_quarantined: Number of rows set aside.
    """

    adds: Sequence[DataFile]
    removes: Sequence[str]
    aside: Sequence[DataFile]
    verdicts: tuple[Verdict, ...]
    rows_in: int
    rows_out: int
    rows_merged: int
    rows_quarantined: int


def take_in(
    root: LakeRoot, dataset: Dataset, run: Run, batch: pl.LazyFrame, table: Table | None, lookup: Lookup
) -> Intake:
    """Judge a batch, set aside what breaks a rule, and write the rest as it enters the table.

    Args:
        root: The lake.
        dataset: The dataset.
        run: The run, for the record.
        batch: The new rows of formatted.
        table: The trusted table as it is; None when it is not there.
        lookup: Finds the rows of a table that a rule refers to.
    """
    ref, compiled = dataset.table(Zone.TRUSTED), compile_for(dataset, batch, table, lookup)
    gone, last = _superseded(dataset, batch, compiled), measured_in(standing_in(table))
    split = write_split(root, ref, batch, keep(compiled) & ~is_at(gone))
    verdicts = judge(
        compiled,
        _scan(root, ref, split.kept, batch),
        _scan(root, ref, split.others, batch),
        kept_rows=_rows(split.kept),
        set_aside_rows=_rows(split.others),
        key=dataset.shown_key,
        last=last,
    )
    aside = _set_aside(root, dataset, run, split, batch, compiled)
    adds, removes, replaced = _merge(dataset, table, split.kept)
    verdicts = judge_table(
        compiled, verdicts, lambda: _whole(table, _scan(root, ref, adds, batch), adds, removes), last
    )
    rows_in, rows_out = _rows(split.kept) + _rows(split.others), _rows(split.kept)
    return Intake(
        adds,
        removes,
        aside,
        tuple(verdicts),
        rows_in=rows_in,
        rows_out=rows_out,
        rows_merged=gone.len() + replaced,
        rows_quarantined=rows_in - rows_out - gone.len(),
    )


def _superseded(dataset: Dataset, batch: pl.LazyFrame, compiled: Sequence[CompiledRule]) -> pl.Series:
    """Positions of the rows that a later row of the batch replaces before they enter the table."""
    if dataset.write_mode is not WriteMode.UPSERT:
        return pl.Series(dtype=pl.Int128)
    return superseded(dataset.key, batch, keep(compiled))


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
    compiled: Sequence[CompiledRule],
) -> list[DataFile]:
    """Move the rows that break a rule beside the quarantine, in its shape; superseded ones are let go."""
    if not split.others:
        return []
    ref = dataset.table(Zone.TRUSTED)
    rows = _scan(root, ref, split.others, batch).filter(~keep(compiled))
    shaped = quarantine_rows(rows, compiled, stage=Zone.TRUSTED, run_id=run.run_id, at=datetime.now(UTC))
    aside = set_aside(root, dataset, shaped)
    discard(root, ref, split.others)
    return aside


def _scan(root: LakeRoot, ref: TableRef, files: Sequence[DataFile], like: pl.LazyFrame) -> pl.LazyFrame:
    if not files:
        return pl.LazyFrame(schema=like.collect_schema())
    uris = [f"{root.table_uri(ref)}/{file.path}" for file in files]
    return pl.scan_parquet(uris, storage_options=root.storage_options or None)


def _whole(
    table: Table | None, new: pl.LazyFrame, adds: Sequence[DataFile], removes: Sequence[str]
) -> tuple[pl.LazyFrame, int]:
    """The rows of the table as it will be, and how many there are."""
    if table is None or not table.files.height:
        return new, _rows(adds)
    staying = table.files.select("path", "num_records").filter(~pl.col("path").is_in(list(removes)))
    rows = pl.concat([table.scan_files(staying["path"].to_list()), new], how="diagonal_relaxed")
    return rows if staying.height else new, _rows(adds) + int(staying["num_records"].sum())


def _rows(files: Sequence[DataFile]) -> int:
    return sum(file.rows for file in files)
