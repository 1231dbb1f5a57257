"""The lineage of what is declared rather than written as code: from elements of files to trusted tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

import polars as pl

from lake_assets.cleaning import DEDUPLICATE
from lake_assets.lineage.frame import Frame, frame_of_table
from lake_assets.lineage.steps import trace
from lake_assets.lineage.stubs import Stub
from lake_assets.lineage.ways import NONE, Dependencies, deciding, together, valued
from lake_assets.model import (
    EVERY_TEXT,
    POSITION,
    CleaningStep,
    ColumnRef,
    ColumnType,
    Dataset,
    Dependency,
    Rule,
    Severity,
    TableLineage,
    TableRef,
    Way,
    Zone,
)
from lake_assets.model import Mapping as ColumnMapping
from lake_assets.quality import KINDS
from lake_assets.quality.kind import RowKind
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.elements import elements_of
from lake_assets.zones.rules import rules_of

__all__ = ["child_lineage", "formatted_lineage", "trusted_lineage"]

_UNCHANGED = {ColumnType.TEXT, ColumnType.NESTED}


def formatted_lineage(dataset: Dataset, mapping: ColumnMapping, columns: Iterable[str] = ()) -> TableLineage:
    """From the elements of files, by all the names that they have had, to the columns of the formatted table.

    Args:
        dataset: The dataset.
        mapping: Its mapping as it is in force.
        columns: Of the table as it is, where it is.
    """
    landed = dataset.table(Zone.PERSISTENT_LANDING)
    made: dict[str, Dependencies] = {}
    for column in mapping.columns:
        way = Way.IDENTITY if column.kind in _UNCHANGED else Way.TRANSFORMATION
        made[column.name] = frozenset(
            Dependency(ColumnRef(landed, name), way) for name in column.source_names
        )
    made[RESCUED] = together(valued(each, Way.TRANSFORMATION) for each in made.values())
    others = {name: NONE for name in columns if name not in made}
    return TableLineage(dataset.table(Zone.FORMATTED), {**made, **others})


def trusted_lineage(dataset: Dataset, before: pl.Schema, columns: Iterable[str] = ()) -> TableLineage:
    """From the formatted table through the cleaning steps to the trusted one.

    Rules that set rows aside decide about its rows, and so does the key that rows are merged by.

    Args:
        dataset: The dataset.
        before: The schema of the formatted table.
        columns: Of the trusted table as it is, where it is.
    """
    frame, note = frame_of_table(dataset.table(Zone.FORMATTED), before), dict[str, str]()
    for step in dataset.clean:
        frame = _cleaned(frame, step, _cleaned_columns(step, before))
        for name in _cleaned_columns(step, before):
            note[name] = f"{note[name]}, {step.kind}" if name in note else step.kind
    frame = frame.with_rows(_of_rules(dataset, frame) | _of_merging(dataset, frame))
    others = {name: NONE for name in columns if name not in frame.columns}
    return TableLineage(dataset.table(Zone.TRUSTED), {**frame.columns, **others}, frame.rows, (), note)


def _cleaned_columns(step: CleaningStep, before: pl.Schema) -> list[str]:
    texts = [name for name, kind in before.items() if kind == pl.String() and name != RESCUED]
    every = texts if EVERY_TEXT in step.settings else []
    return [name for name in dict.fromkeys((*step.columns, *every)) if name in before]


def _cleaned(frame: Frame, step: CleaningStep, columns: Iterable[str]) -> Frame:
    if step.kind == DEDUPLICATE:
        alike = list(columns) or [*frame.columns]
        return frame.with_rows(together(deciding(frame.columns[name], Way.GROUP_BY) for name in alike))
    made = {name: valued(frame.columns[name], Way.TRANSFORMATION) for name in columns}
    return replace(frame, columns={**frame.columns, **made})


def _of_rules(dataset: Dataset, frame: Frame) -> Dependencies:
    """What the rules look at that set rows aside."""
    setting_aside = [rule for rule in rules_of(dataset) if _sets_aside(rule)]
    own = together(
        deciding(frame.columns.get(name, NONE), Way.FILTER) for rule in setting_aside for name in rule.columns
    )
    others = [
        Dependency(place, Way.FILTER)
        for rule in setting_aside
        for place in _referred(rule)
        if place.table != dataset.table(Zone.TRUSTED)
    ]
    return own | frozenset(others)


def _sets_aside(rule: Rule) -> bool:
    return rule.severity is not Severity.WARN and isinstance(KINDS[rule.kind], RowKind)


def _referred(rule: Rule) -> Iterator[ColumnRef]:
    """The columns of another table that a rule looks up."""
    if "table" in rule.parameters:
        table = TableRef.parse(str(rule.parameters["table"]))
        for name in cast("tuple[str, ...]", rule.parameters.get("to", ())):
            yield ColumnRef(table, name)


def _of_merging(dataset: Dataset, frame: Frame) -> Dependencies:
    if not dataset.write_mode.needs_a_key:
        return NONE
    by_key = (deciding(frame.columns.get(name, NONE), Way.GROUP_BY) for name in dataset.key)
    order = [name for name in (dataset.order_by, dataset.valid_from) if name]
    by_order = (deciding(frame.columns.get(name, NONE), Way.SORT) for name in order)
    return together([*by_key, *by_order])


def child_lineage(child: Dataset, parent: pl.Schema, columns: Iterable[str] = ()) -> TableLineage:
    """From the list column of the parent's trusted table to the columns of a child table.

    Args:
        child: The child table.
        parent: The schema of the parent's trusted table.
        columns: Of the child table as it is, where it is.
    """
    ref = TableRef(Zone.TRUSTED, child.parent)
    frame = _elements(child, Stub(ref, parent)) if isinstance(parent.get(child.origin), pl.List) else None
    # Before the first list came nobody knows what is in it.
    listed = frozenset({Dependency(ColumnRef(ref, child.origin), Way.TRANSFORMATION)})
    known: Mapping[str, Dependencies] = frame.columns if frame else {}
    rows = frame.rows if frame else deciding(listed, Way.FILTER)
    made = Frame({**dict.fromkeys(columns, listed), **known}, rows)
    return TableLineage(
        child.table(Zone.TRUSTED), made.columns, made.rows | _of_rules(child, made) | _of_merging(child, made)
    )


def _elements(child: Dataset, parent: Stub) -> Frame | None:
    if not {*child.key} - {POSITION} <= set(parent.schema):
        return None
    return trace(elements_of(parent.scan(), child)).frame
