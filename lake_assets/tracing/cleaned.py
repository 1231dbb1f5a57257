"""Cleaning steps taken once more on single rows, to tell what each of them changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from lake_assets.cleaning import DECIDED, DEDUPLICATE, Scope, compile_steps, describe_step
from lake_assets.errors import LakeError
from lake_assets.governance.decisions import decisions_made
from lake_assets.model import PROVENANCE, CleaningStep, Dataset, Zone
from lake_assets.tracing.steps import CellChange, CleaningTaken
from lake_assets.tracing.world import HIDDEN, World
from lake_assets.zones.cleaned import CLEANING, VOCABULARY
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.pinned_mapping import mapping_in_force

__all__ = ["cleaned_again"]


def cleaned_again(
    world: World, dataset: Dataset, rows: pl.DataFrame, note: Mapping[str, Any]
) -> tuple[list[tuple[CleaningTaken, ...]], pl.DataFrame, bool]:
    """Take the steps that a commit recorded on rows of the formatted zone.

    Args:
        world: The lake.
        dataset: Whose rows they are.
        rows: The rows, all judged by that commit.
        note: What the commit says of itself.

    Returns:
        For each row the steps with what they changed in it; the rows after them; whether every step could be taken.
    """
    taken: list[list[CleaningTaken]] = [[] for _ in range(rows.height)]
    hidden = world.hidden(dataset.table(Zone.FORMATTED))
    is_whole = True
    for number, step in enumerate(_steps(world, dataset, note), start=1):
        after, problem = _after(world, dataset, step, rows)
        is_whole = is_whole and not problem
        for index, each in enumerate(taken):
            changes = _changes(rows, after, index, hidden)
            each.append(CleaningTaken(number, step.kind, _sentence(step), changes, problem))
        rows = after
    return [tuple(each) for each in taken], rows, is_whole


def _steps(world: World, dataset: Dataset, note: Mapping[str, Any]) -> list[CleaningStep]:
    """The steps as they were, with the vocabularies as people had decided on them by then."""
    said = note.get(CLEANING) or {}
    steps = [CleaningStep(**each) for each in said.get("steps", ())]
    if any(step.kind == VOCABULARY for step in steps):
        decided = _decided(world, dataset, note.get("at", ""))
        steps = [_with_decisions(step, decided) for step in steps]
    return steps


def _decided(world: World, dataset: Dataset, at: str) -> dict[str, dict[str, str]]:
    until = datetime.fromisoformat(at) if at else None
    found: dict[str, dict[str, str]] = {}
    for each in decisions_made(world.root, dataset.name):
        if each.kind == VOCABULARY and (until is None or each.at <= until):
            found.setdefault(each.column, {})[each.value] = each.decided
    return found


def _with_decisions(step: CleaningStep, decided: Mapping[str, Mapping[str, str]]) -> CleaningStep:
    if step.kind != VOCABULARY:
        return step
    settings = {name: {**said, DECIDED: decided.get(name, {})} for name, said in step.settings.items()}
    return CleaningStep(step.kind, settings, step.options)


def _after(
    world: World, dataset: Dataset, step: CleaningStep, rows: pl.DataFrame
) -> tuple[pl.DataFrame, str]:
    """The rows after a step; as they were, with the reason, where it cannot be taken."""
    if step.kind == DEDUPLICATE:
        return rows, ""
    mapping = mapping_in_force(dataset, world.table(dataset.table(Zone.FORMATTED)))
    elements = {column.name: column.source_names for column in mapping.columns}
    scope = Scope(str(dataset.table(Zone.TRUSTED)), RESCUED, elements)
    try:
        return compile_steps([step], rows.schema, scope).clean(rows.lazy()).collect(), ""
    except (LakeError, pl.exceptions.PolarsError) as error:
        return rows, str(error).splitlines()[0]


def _sentence(step: CleaningStep) -> str:
    try:
        return describe_step(step)
    except (LakeError, KeyError):
        # A kind of an older version of the product, or of a package that is gone.
        return ", ".join(step.columns)


def _changes(
    before: pl.DataFrame, after: pl.DataFrame, index: int, hidden: set[str]
) -> tuple[CellChange, ...]:
    old, new = before.row(index, named=True), after.row(index, named=True)
    return tuple(
        CellChange(name, *((HIDDEN, HIDDEN) if name in hidden else (old[name], new[name])))
        for name in _columns(before)
        if name in new and (old[name] != new[name] or before.schema[name] != after.schema[name])
    )


def _columns(rows: pl.DataFrame) -> Sequence[str]:
    return [name for name in rows.columns if name not in PROVENANCE]
