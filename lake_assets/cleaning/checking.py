"""Steps held against the columns that are declared, before there is a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from lake_assets.cleaning.kind import Cell
from lake_assets.cleaning.kinds import kind_of
from lake_assets.cleaning.kinds.deduplicate import DEDUPLICATE
from lake_assets.cleaning.units import unit_of
from lake_assets.errors import DeclarationError, LakeError
from lake_assets.model import CleaningStep, Column

__all__ = ["check_steps"]


def check_steps(
    steps: Iterable[CleaningStep], columns: Iterable[Column], types: Mapping[str, pl.DataType]
) -> dict[int, LakeError]:
    """What is wrong with steps as far as the columns are known.

    Args:
        steps: In their order.
        columns: As declared; those that are not are inferred at first sight, and judged then.
        types: By column, how the formatted zone stores it.

    Returns:
        The first fault of each step that has one, by its place in the list.
    """
    known, declared, faults = dict(types), {column.name: column for column in columns}, dict[int, LakeError]()
    is_about_rows = False
    for place, step in enumerate(steps):
        if step.kind == DEDUPLICATE:
            is_about_rows = True
            continue
        if is_about_rows:
            what = (
                f"{step.kind} comes after {DEDUPLICATE}, but rows are compared when all their cells are clean"
            )
            faults[place] = DeclarationError(what, mend=f"put {DEDUPLICATE} last")
        for name in step.columns:
            try:
                _hold(step, name, declared, known)
            except LakeError as fault:
                faults.setdefault(place, fault)
                known.pop(name, None)
    return faults


def _hold(
    step: CleaningStep, name: str, declared: Mapping[str, Column], known: dict[str, pl.DataType]
) -> None:
    kind, settings, column = kind_of(step.kind), step.settings[name], declared.get(name)
    if column is not None and column.is_personal and step.kind == "vocabulary":
        raise DeclarationError(
            f"{name} is personal, and people are shown the words of a vocabulary", mend=f"drop {name}"
        )
    if column is not None and step.kind == "unit":
        _refuse_other_unit(column, str(settings["from"]))
    if name in known:
        known[name] = kind.becomes(Cell(name, known[name], settings))


def _refuse_other_unit(column: Column, converted: str) -> None:
    """A unit that people are told, and that is not the one that values are converted from."""
    told = unit_of(column.unit)
    if told is not None and told != unit_of(converted):
        what = f"{column.name} is declared in {column.unit}, but converted from {converted}"
        raise DeclarationError(what, mend="correct one of the two")
