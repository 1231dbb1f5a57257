"""Drift of a schema: in which files elements are not what the mapping knows, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from lake_assets.model import (
    PROVENANCE,
    Column,
    ColumnType,
    Dataset,
    Drift,
    DriftKind,
    DriftPolicy,
    Mapping,
    Rule,
    Severity,
    Verdict,
    Zone,
)
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.columns import RESCUED, can_fail
from lake_assets.zones.opened import Opened
from lake_assets.zones.written import Written

__all__ = ["drift_rule", "drifts_of", "stability"]

_FILE = PROVENANCE[0]
_STABLE = "schema_is_stable"
_REFUSED = "the file is refused"

_One = tuple[DriftKind, str, str, str, str, str, list[Opened]]
"""Kind, element, column, type expected, type found, outcome, and files in which it is so."""


def drift_rule(dataset: Dataset) -> Rule:
    """What is asked of every formatted table; it warns, the policy decides what becomes of the file."""
    reason = "what files bring is what the mapping knows"
    return Rule(_STABLE, "drift", (), severity=Severity.WARN, owner=dataset.owner, reason=reason)


def stability(rule: Rule, drifts: Sequence[Drift], elements: int) -> Verdict:
    """How the rule came out: how many of the elements are not what the mapping knows.

    Args:
        rule: See `drift_rule`.
        drifts: What was found.
        elements: How many the mapping knows.
    """
    broken = len({drift.element for drift in drifts})
    example = str(drifts[0]) if drifts else ""
    return Verdict(rule.rule_id, rule.severity, max(elements, broken), broken, example)


def drifts_of(root: LakeRoot, dataset: Dataset, written: Written) -> tuple[Drift, ...]:
    """Every element that is not what the mapping knew before these files came.

    Args:
        root: The lake.
        dataset: Whose files they are.
        written: What was made of them.
    """
    known, baseline = written.known, _baseline(written)
    opened, unfit = _alike(written.opening.opened), _alike(written.opening.unfit)
    found = [
        *_new(written.mapping, baseline, opened, f"kept in {RESCUED}"),
        *_new(written.mapping, baseline, unfit, _REFUSED),
        *_missing(known, opened, "null in its rows"),
        *_missing(known, unfit, _REFUSED),
        *_lossy(written, _lost(root, dataset, written)),
    ]
    return tuple(_together(found))


def _alike(files: Sequence[Opened]) -> list[list[Opened]]:
    """Files by the elements that they have, of the same types."""
    found: dict[object, list[Opened]] = {}
    keys: dict[int, object] = {}
    for each in files:
        key = keys.setdefault(id(each.elements), tuple(each.elements.items()))
        found.setdefault(key, []).append(each)
    return list(found.values())


def _baseline(written: Written) -> set[str]:
    """The elements that are no news: those of the mapping; those of the first file, where it may say what there is."""
    known, opened = written.known, written.opening.opened
    says = not known.columns or (written.is_first and known.drift is DriftPolicy.EVOLVE)
    return {*known.by_source_name(), *(opened[0].elements if opened and says else ())}


def _new(
    mapping: Mapping, baseline: set[str], files: Iterable[list[Opened]], otherwise: str
) -> Iterator[_One]:
    """New elements, and what came of them: a column, or something else."""
    columns = mapping.by_source_name()
    for alike in files:
        for name, kind in alike[0].elements.items():
            if name not in baseline:
                column = columns[name].name if name in columns else ""
                outcome = f"the column {column} is added" if column else otherwise
                yield DriftKind.NEW, name, column, "", str(kind), outcome, alike


def _missing(known: Mapping, files: Iterable[list[Opened]], outcome: str) -> Iterator[_One]:
    for alike in files:
        elements = alike[0].elements
        for column in known.columns if elements else ():
            if column.name_in(elements) is None:
                name, expected = column.source_name, column.kind.value
                yield DriftKind.MISSING, name, column.name, expected, "", outcome, alike


def _lossy(written: Written, lost: set[tuple[int, str]]) -> Iterator[_One]:
    """Elements of another type: cells of them were lost, and not just here and there."""
    for alike in _alike(written.opening.opened) if lost else ():
        for column, name, kind in _suspects(written, alike[0]):
            files = [each for each in alike if (each.file.file_id, name) in lost]
            if files:
                outcome = f"what does not fit is kept in {RESCUED}"
                yield DriftKind.TYPE, name, column.name, column.kind.value, str(kind), outcome, files


def _suspects(written: Written, each: Opened) -> Iterator[tuple[Column, str, pl.DataType]]:
    """The columns that an element of a file may not fit, with its name and type."""
    for column in written.mapping.columns:
        name = column.name_in(each.elements)
        if name is None:
            continue
        kind = each.elements[name]
        is_other = column.kind is ColumnType.NESTED and kind != written.schema.get(column.name)
        if is_other or can_fail(column, kind):
            yield column, name, kind


def _lost(root: LakeRoot, dataset: Dataset, written: Written) -> set[tuple[int, str]]:
    """File id and name of the elements that are of another type, among those that lost a cell.

    Where the format says types, one lost cell shows that the type is another. Text shows it by its cells alone: when
    none of them could be cast. The statistics of what was written tell where there is nothing to look for.
    """
    stated = [json.loads(file.statistics) for file in written.files]
    rows = sum(each["numRecords"] for each in stated)
    if _nulls(stated, RESCUED) == rows:
        return set()
    nulls = {column.name: _nulls(stated, column.name) for column in written.mapping.columns}
    is_alone = len(written.opening.opened) == 1
    suspects = {
        (each.file.file_id, name): (column, kind)
        for alike in _alike(written.opening.opened)
        for column, name, kind in _suspects(written, alike[0])
        for each in alike
        if nulls[column.name] >= (rows if is_alone and kind == pl.String else 1)
    }
    if not suspects:
        return set()
    return {
        place
        for place, is_empty in _losing(root, dataset, written, suspects)
        if is_empty or suspects[place][1] != pl.String
    }


def _nulls(stated: Sequence[dict[str, Any]], column: str) -> int:
    """How many cells of a column are null; all of them where the statistics do not say."""
    counts = [(each["numRecords"], each["nullCount"].get(column)) for each in stated]
    return sum(count if isinstance(count, int) else rows for rows, count in counts)


def _losing(
    root: LakeRoot,
    dataset: Dataset,
    written: Written,
    suspects: dict[tuple[int, str], tuple[Column, pl.DataType]],
) -> Iterator[tuple[tuple[int, str], bool]]:
    """The elements that lost a cell in a file, and whether none of their cells is left."""
    names = list({name: column for (_, name), (column, _) in suspects.items()}.items())
    base = root.table_uri(dataset.table(Zone.FORMATTED))
    uris = [f"{base}/{file.path}" for file in written.files]
    rows = pl.scan_parquet(uris, glob=False, storage_options=root.storage_options or None)
    there = [column.name if column.name in written.schema else RESCUED for _, column in names]
    found = rows.group_by(_FILE).agg(
        *(
            pl.col(RESCUED).str.contains(_member(name), literal=True).any().alias(f"lost {number}")
            for number, (name, _) in enumerate(names)
        ),
        *(pl.col(name).is_null().all().alias(f"empty {number}") for number, name in enumerate(there)),
    )
    for row in found.collect(engine="streaming").iter_rows(named=True):
        for number, (name, column) in enumerate(names):
            if row[f"lost {number}"] and (row[_FILE], name) in suspects:
                yield (row[_FILE], name), row[f"empty {number}"] or column.name not in written.schema


def _member(name: str) -> str:
    return f"{json.dumps(name, ensure_ascii=False)}:"


def _together(found: Iterable[_One]) -> Iterator[Drift]:
    """One for each element and what it is, with the first of its files."""
    in_order = sorted(found, key=lambda one: one[:-1])
    for (kind, name, column, expected, type_found, outcome), alike in groupby(
        in_order, key=lambda one: one[:-1]
    ):
        files = sorted((each.file for one in alike for each in one[-1]), key=lambda file: file.file_id)
        yield Drift(
            kind,
            name,
            column,
            expected,
            type_found,
            outcome,
            files=len(files),
            file_id=files[0].file_id,
            file=files[0].name,
        )
