"""How rows were judged on their way into the trusted zone: by which commit, cleaned by what, against which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, TableRef, WriteMode, Zone
from lake_assets.storage.table import Table
from lake_assets.tracing.cleaned import cleaned_again
from lake_assets.tracing.passed import rules_passed
from lake_assets.tracing.steps import CleaningTaken, Judging, SetAside
from lake_assets.tracing.world import World
from lake_assets.zones.note import WRITE_MODE
from lake_assets.zones.quarantine import READMITTED
from lake_assets.zones.retake import mends_of

__all__ = ["Judged", "judging_of"]

_FILE = PROVENANCE[0]


@dataclass(frozen=True)
class Judged:
    """A row on its way into the trusted zone.

    Args:
        place: File id and record number, as the trusted table has them.
        before: The row of formatted, a frame of one row; of a child table the element. Empty when it is gone.
        standing: The row as trusted has it; empty when it is not there.
        aside: What the quarantine of the trusted zone says of it, oldest first.
        decoded_again: The runs that decoded its record anew.
    """

    place: tuple[int, int]
    before: pl.DataFrame
    standing: Mapping[str, object]
    aside: Sequence[SetAside]
    decoded_again: Sequence[str] = ()


def judging_of(world: World, dataset: Dataset, rows: Sequence[Judged]) -> list[Judging | None]:
    """How rows were judged, in their order; None for one that has not been judged yet.

    Args:
        world: The lake.
        dataset: The dataset, or child table.
        rows: The rows.
    """
    trusted = world.table(dataset.table(Zone.TRUSTED))
    if trusted is None:
        return [None] * len(rows)
    versions = [_version(world, dataset, trusted, each) for each in rows]
    return [
        None if version is None else _judging(world, dataset, trusted, version, each)
        for version, each in zip(versions, rows, strict=True)
    ]


def _judging(world: World, dataset: Dataset, trusted: Table, version: int, row: Judged) -> Judging:
    commits = world.commits(trusted)
    note = commits.note(version)
    if dataset.parent or row.before.is_empty():
        taken, after, is_whole = list[tuple[CleaningTaken, ...]](), row.before, not row.before.is_empty()
    else:
        taken, after, is_whole = cleaned_again(world, dataset, row.before, note)
    open_now = [each for each in row.aside if each.readmitted_at is None]
    broken = {rule for each in open_now for rule in each.rules}
    return Judging(
        commit=commits.facts(version),
        cleaning=taken[0] if taken else (),
        rules=rules_passed(world, dataset, note, after, broken),
        is_reproduced=_is_like(after, row.standing) if is_whole and row.standing else None,
    )


def _is_like(row: pl.DataFrame, standing: Mapping[str, object]) -> bool:
    """Whether the cleaned row says what the trusted one does, in the columns that both have."""
    said = row.row(0, named=True)
    shared = [name for name in said if name in standing]
    return all(said[name] == standing[name] for name in shared)


def _version(world: World, dataset: Dataset, trusted: Table, row: Judged) -> int | None:
    """The commit that judged a row last: when it was taken in first, or when a replay judged it again."""
    commits = world.commits(trusted)
    first = commits.first_reaching(_input_name(world, dataset), row.place[0])
    if first is None:
        return None
    again = [
        *_made_whole(world, dataset, trusted, first),
        *_by_runs(world, trusted, first, [each.readmitted_by for each in row.aside if each.readmitted_at]),
        *_after_decoding(world, dataset, trusted, row.decoded_again),
    ]
    return max([first, *again])


def _input_name(world: World, dataset: Dataset) -> str:
    """What the commits of a trusted table call the landed files they have come to."""
    if not dataset.parent:
        return str(dataset.table(Zone.FORMATTED))
    parent = world.table(TableRef(Zone.TRUSTED, dataset.parent))
    return f"{parent.input_name}{_FILE}" if parent else ""


def _made_whole(world: World, dataset: Dataset, trusted: Table, first: int) -> list[int]:
    """The commit that made a child table anew last: it judged every row again."""
    if not dataset.parent:
        return []
    notes = world.commits(trusted).newest_first(first + 1)
    return [version for version, note in notes if note.get(WRITE_MODE) == WriteMode.REPLACE][:1]


def _by_runs(world: World, trusted: Table, first: int, runs: Sequence[str]) -> list[int]:
    """The commits of runs that took rows back."""
    if not runs:
        return []
    notes = world.commits(trusted).newest_first(first + 1)
    return [version for version, note in notes if note.get("run_id") in runs and READMITTED in note]


def _after_decoding(world: World, dataset: Dataset, trusted: Table, runs: Sequence[str]) -> list[int]:
    """The commits that took in again what runs had decoded anew."""
    formatted = world.table(dataset.table(Zone.FORMATTED)) if runs else None
    if formatted is None:
        return []
    decoded = [
        version
        for version, note in world.commits(formatted).newest_first()
        if note.get("run_id") in runs and READMITTED in note
    ]
    found = [world.commits(trusted).first_reaching(mends_of(formatted), version) for version in decoded]
    return [version for version in found if version is not None and _says(world, trusted, version)]


def _says(world: World, trusted: Table, version: int) -> bool:
    note: Mapping[str, Any] = world.commits(trusted).note(version)
    return READMITTED in note
