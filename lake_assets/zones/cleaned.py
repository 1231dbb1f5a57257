"""The cleaning steps of a dataset, compiled for its formatted rows; what commits and columns say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

import polars as pl

from lake_assets.cleaning import DECIDED, KINDS, Cleaning, HidingKind, Scope, Tally, compile_steps
from lake_assets.errors import SettingsError
from lake_assets.governance.decisions import decisions_in_force
from lake_assets.model import CleaningStep, Dataset, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.pinned_mapping import mapping_in_force

__all__ = [
    "CLEANING",
    "VOCABULARY",
    "changed_steps",
    "cleaning_note",
    "cleaning_of",
    "column_notes_of",
    "hides",
    "refuse_other_keys",
    "withheld",
]

CLEANING = "cleaning"
"""What a commit calls the steps that cleaned its rows."""

VOCABULARY = "vocabulary"
"""The kind of step, and of decision, that says which word a value stands for."""

_UNQUOTED = "not kept here: columns of the dataset are hidden; see the landed file"
_STEPS, _KEYS, _CELLS = "steps", "keys", "cells"
_KEY_NOTE = "lake.pseudonym_key"
_STEPS_NOTE = "lake.cleaning"
_UNIT = re.compile(r" ?\[[^\]]*\]$")


def _in_force(root: LakeRoot, dataset: Dataset, formatted: Table) -> Dataset:
    """The dataset with all its columns, and with its vocabularies as people have decided on them by now."""
    mapping = mapping_in_force(dataset, formatted)
    if all(step.kind != VOCABULARY for step in dataset.clean):
        return replace(dataset, mapping=mapping)
    decided: dict[str, dict[str, str]] = {}
    for each in decisions_in_force(root, VOCABULARY, dataset.name):
        decided.setdefault(each.column, {})[each.value] = each.decided
    return replace(
        dataset, mapping=mapping, clean=tuple(_with_decisions(step, decided) for step in dataset.clean)
    )


def _with_decisions(step: CleaningStep, decided: Mapping[str, Mapping[str, str]]) -> CleaningStep:
    if step.kind != VOCABULARY:
        return step
    settings = {name: {**said, DECIDED: decided.get(name, {})} for name, said in step.settings.items()}
    return replace(step, settings=settings)


def cleaning_of(declared: Dataset, formatted: Table) -> Cleaning:
    """The steps of a dataset as they are in force, ready to be taken.

    Args:
        declared: The dataset.
        formatted: Its formatted table.

    Raises:
        SchemaError: When a step does not fit the columns.
        SettingsError: When a key is missing.
    """
    dataset = _in_force(formatted.root, declared, formatted)
    elements = {column.name: column.source_names for column in dataset.mapping.columns}
    place = ", ".join(filter(None, (str(dataset.place), f"table {dataset.table(Zone.TRUSTED)}")))
    return compile_steps(dataset.clean, formatted.schema, Scope(place, RESCUED, elements))


def refuse_other_keys(dataset: Dataset, formatted: Table, table: Table | None) -> None:
    """Hold the keys of pseudonyms against those of the pseudonyms that are there.

    Raises:
        SettingsError: When a key is missing, or another.
    """
    if not hides(dataset) or table is None:
        return
    known = _recorded_keys(table)
    for column, key in cleaning_of(dataset, formatted).key_ids.items():
        if known.get(column, key) != key:
            what = (
                f"the pseudonyms of {column} were made by the key {known[column]}, and the key now is {key}"
            )
            mend = "set the key that made them: pseudonyms of two keys do not fit together"
            raise SettingsError(
                what, place=f"table {dataset.table(Zone.TRUSTED)}, column {column}", mend=mend
            )


def withheld(dataset: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of the formatted zone as the quarantine may keep them: without their record where a step hides values."""
    if not hides(dataset):
        return rows
    return rows.with_columns(
        record=pl.when(pl.col("record") != "").then(pl.lit(_UNQUOTED)).otherwise(pl.lit(""))
    )


def hides(dataset: Dataset) -> bool:
    """Whether a step hides values."""
    return any(isinstance(KINDS.get(step.kind), HidingKind) for step in dataset.clean)


def _recorded_keys(table: Table) -> dict[str, str]:
    in_columns = {column.name: column.metadata.get(_KEY_NOTE) for column in table.delta.schema().fields}
    return {**_noted(table).get(_KEYS, {}), **{name: str(key) for name, key in in_columns.items() if key}}


def cleaning_note(dataset: Dataset, formatted: Table, tally: Tally) -> dict[str, object]:
    """What the commit of cleaned rows has to say of the steps; nothing where there are none."""
    if not dataset.clean:
        return {}
    cells = [asdict(each) for each in tally.cleaned()]
    keys = cleaning_of(dataset, formatted).key_ids
    return {CLEANING: {_STEPS: _recorded(dataset), _KEYS: keys, _CELLS: cells}}


def _recorded(dataset: Dataset) -> list[dict[str, Any]]:
    """The steps as they are declared."""
    steps = [asdict(step) for step in dataset.clean]
    for settings in (said for step in steps for said in step["settings"].values()):
        settings.pop(DECIDED, None)
    return steps


def changed_steps(dataset: Dataset, table: Table | None, *, is_whole: bool = False) -> tuple[str, ...]:
    """What to tell people when rows of a table were cleaned by other steps than those that are declared now.

    Args:
        dataset: The dataset.
        table: Its trusted table as it was; None when it was not there.
        is_whole: Whether all its rows are made anew.
    """
    if table is None or not table.row_count or _noted(table).get(_STEPS, []) == _recorded(dataset):
        return ()
    rows = f"the rows up to version {table.version} stay as they were cleaned"
    mend = "nothing, if that is meant; else declare the dataset under another name, and all its rows are cleaned anew"
    if clear := _hidden(_recorded(dataset)) - _hidden(_noted(table).get(_STEPS, [])):
        rows += f", with the values of {' and '.join(sorted(clear))} in clear"
    if is_whole:
        rows, mend = (
            "all rows were cleaned anew, since a column is of another type",
            "nothing, if that is meant",
        )
    what = f"the cleaning steps of {table.ref} are others from now on: {rows}"
    return (f"{what}\n  at: {dataset.place}\n  to mend: {mend}",)


def _hidden(steps: Iterable[Mapping[str, Any]]) -> set[str]:
    """The columns that recorded steps hide."""
    return {
        name for step in steps if isinstance(KINDS.get(step["kind"]), HidingKind) for name in step["settings"]
    }


def _noted(table: Table) -> dict[str, Any]:
    note = table.last_note()
    found = note.content.get(CLEANING) if note else None
    return found if isinstance(found, dict) else {}


def column_notes_of(dataset: Dataset, formatted: Table) -> dict[str, dict[str, str]]:
    """The Delta field metadata of the columns of the trusted table: their meaning, and what is cleaned in them."""
    told = {column.name: column.metadata.get("comment") for column in formatted.delta.schema().fields}
    notes = {name: {"comment": str(comment)} for name, comment in told.items() if comment}
    for step in (each for each in dataset.clean if each.kind in KINDS):
        for name in step.columns:
            note = notes.setdefault(name, {})
            said = KINDS[step.kind].sentence(name, step.settings[name])
            note[_STEPS_NOTE] = "; ".join(filter(None, (note.get(_STEPS_NOTE), said)))
            if step.kind == "unit":
                meaning = _UNIT.sub("", note.get("comment", ""))
                note["comment"] = f"{meaning} [{step.settings[name]['to']}]".strip()
    keys = cleaning_of(dataset, formatted).key_ids if hides(dataset) else {}
    for name, key in keys.items():
        notes.setdefault(name, {})[_KEY_NOTE] = key
    return notes
