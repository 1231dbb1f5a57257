"""Which personal data a lake holds, and where: in columns that are declared personal or were found to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lake_assets.catalog.columns import owner_of
from lake_assets.catalog.entries import declared_tables
from lake_assets.declarations import Declarations, hidden_columns
from lake_assets.lineage import HiddenColumns
from lake_assets.model import Dataset, TableRef, Zone
from lake_assets.profiles import PROFILES
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["PersonalColumn", "personal_columns"]

_WHOLE_RECORDS = {"record", "_rescued"}


@dataclass(frozen=True)
class PersonalColumn:
    """A column that holds personal data.

    Args:
        zone: The zone; in persistent landing it is in the files as they came.
        table: The table or dataset.
        column: The column.
        because: `declared`; `made of one` whose values are made of such a column, under another name; `whole record`
            for one that holds cells of others as they came; or `found`: profiles saw values that tell of persons.
        meaning: What kind of values profiles found; empty otherwise.
        owner: The team that answers for the table.
        rows: Number of rows of the table; None for files, and where it is not there yet.
    """

    zone: Zone
    table: str
    column: str
    because: str
    meaning: str
    owner: str
    rows: int | None


def personal_columns(root: LakeRoot, declarations: Declarations) -> list[PersonalColumn]:
    """Every column of the lake that holds personal data, in the order of the flow.

    Args:
        root: The lake.
        declarations: What is declared for it.
    """
    found, hidden = _found(root), HiddenColumns(root, declarations)
    refs = dict.fromkeys([*declared_tables(declarations), *_quarantines(declarations)])
    columns = [
        each
        for ref in refs
        for each in _of_table(root, declarations, ref, hidden.of(ref), found.get(str(ref), {}))
    ]
    landed = [each for dataset in declarations.datasets for each in _landed(dataset)]
    order = list(Zone)
    return sorted([*landed, *columns], key=lambda each: (order.index(each.zone), each.table))


def _quarantines(declarations: Declarations) -> Iterator[TableRef]:
    return (each.table(Zone.QUARANTINE) for each in declarations.tables)


def _landed(dataset: Dataset) -> Iterator[PersonalColumn]:
    for column in dataset.mapping.columns:
        if column.is_personal:
            name = " or ".join(column.source_names)
            yield PersonalColumn(
                Zone.PERSISTENT_LANDING, dataset.name, name, "declared", "", dataset.owner, None
            )


def _of_table(
    root: LakeRoot, declarations: Declarations, ref: TableRef, hidden: set[str], found: dict[str, str]
) -> Iterator[PersonalColumn]:
    if not hidden and not found:
        return
    named = hidden_columns(declarations, ref)
    table = find_table(root, ref)
    names = list(table.schema) if table else sorted(hidden - _WHOLE_RECORDS)
    for name in names:
        because = _because(name, named, hidden, found)
        if because and (table is not None or ref.zone in {Zone.FORMATTED, Zone.TRUSTED}):
            rows = table.row_count if table else None
            owner = owner_of(declarations, ref)
            yield PersonalColumn(ref.zone, ref.name, name, because, found.get(name, ""), owner, rows)


def _because(name: str, named: set[str], hidden: set[str], found: dict[str, str]) -> str:
    if name in named:
        return "whole record" if name in _WHOLE_RECORDS else "declared"
    if name in hidden:
        return "made of one"
    return "found" if name in found else ""


def _found(root: LakeRoot) -> dict[str, dict[str, str]]:
    """What profiles found to tell of persons, by table and column, with what kind of values it is."""
    table = find_table(root, PROFILES)
    if table is None:
        return {}
    newest = pl.col("at") == pl.col("at").max().over("table")
    rows = table.scan().filter(newest).filter("is_personal").select("table", "column", "meaning").collect()
    found: dict[str, dict[str, str]] = {}
    for name, column, meaning in rows.iter_rows():
        found.setdefault(name, {})[column] = meaning
    return found
