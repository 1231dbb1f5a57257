"""Values that are not among the words of their vocabulary, and what people decide about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from lake_assets.cleaning.suggestions import Suggestion, suggest
from lake_assets.errors import DeclarationError, SchemaError, near_names
from lake_assets.governance.decisions import Decision, decisions_in_force, record_decision
from lake_assets.model import Dataset, TableRef, Zone
from lake_assets.quality import Lookup
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.batch import batch_of
from lake_assets.zones.cleaned import VOCABULARY

__all__ = ["decide_word", "suggestions"]


def suggestions(root: LakeRoot, dataset: Dataset, lookup: Lookup, column: str = "") -> list[Suggestion]:
    """What stands in the columns with a vocabulary, is none of its words, and was not decided about.

    All rows of the formatted table are looked at, as the steps before leave them; also those in quarantine.

    Args:
        root: The lake.
        dataset: The dataset.
        lookup: Opens the table that has the words.
        column: One column only; empty for all.

    Raises:
        DeclarationError: When the column has no vocabulary.
    """
    chosen = _chosen(dataset, column)
    decided = {(each.column, each.value) for each in decisions_in_force(root, VOCABULARY, dataset.name)}
    found: list[Suggestion] = []
    for place, name in chosen:
        words = _words(dataset, place, name, lookup)
        values = [
            (value, count)
            for value, count in _values(root, dataset, place, name)
            if (name, value) not in decided
        ]
        found += suggest(
            name, [(value, count) for value, count in values if value not in words], sorted(words)
        )
    return found


def decide_word(root: LakeRoot, dataset: Dataset, lookup: Lookup, decision: Decision) -> Decision:
    """Record which word a value stands for; batches from now on are cleaned by it.

    Args:
        root: The lake.
        dataset: The dataset.
        lookup: Opens the table that has the words.
        decision: What was decided: a word of the vocabulary, or the value itself when it is right as it is.

    Raises:
        DeclarationError: When the column has no vocabulary, or the vocabulary no such word.
    """
    ((place, name),) = _chosen(dataset, decision.column)
    words = _words(dataset, place, name, lookup)
    if decision.decided not in words and decision.decided != decision.value:
        what = f"{decision.decided!r} is no word of the vocabulary of {name}"
        raise DeclarationError(
            what, place=f"dataset {dataset.name}", mend=near_names(decision.decided, words)
        )
    return record_decision(root, replace(decision, kind=VOCABULARY))


def _chosen(dataset: Dataset, column: str) -> list[tuple[int, str]]:
    """The columns with a vocabulary, each with the place of its step."""
    known = {
        name: place
        for place, step in enumerate(dataset.clean)
        if step.kind == VOCABULARY
        for name in step.columns
    }
    if column and column not in known:
        what = f"{column} of {dataset.name} has no vocabulary"
        raise DeclarationError(what, place=str(dataset.place), mend=near_names(column, known))
    return [(place, name) for name, place in known.items() if column in {"", name}]


def _words(dataset: Dataset, place: int, column: str, lookup: Lookup) -> set[str]:
    of = dataset.clean[place].settings[column]["of"]
    if isinstance(of, list):
        return set(of)
    zone, table, name = str(of).split(".", 2)
    ref = TableRef.parse(f"{zone}.{table}")
    rows = lookup(ref)
    schema = rows.collect_schema()
    if schema.get(name) != pl.String():
        mend = near_names(name, [each for each, kind in schema.items() if kind == pl.String()])
        raise SchemaError(f"{ref} has no column of text {name!r}", place=f"vocabulary of {column}", mend=mend)
    return set(rows.select(pl.col(name).drop_nulls().unique()).collect(engine="streaming").to_series())


def _values(root: LakeRoot, dataset: Dataset, place: int, column: str) -> Iterator[tuple[str, int]]:
    """What stands in a column before the step, each with its number of rows."""
    formatted = find_table(root, dataset.table(Zone.FORMATTED))
    if formatted is None:
        return
    before = replace(dataset, clean=dataset.clean[:place])
    rows = batch_of(before, formatted, formatted.scan()).select(pl.col(column).alias("value")).drop_nulls()
    counted = rows.group_by("value").agg(pl.len().alias("count")).collect(engine="streaming")
    yield from counted.iter_rows()
