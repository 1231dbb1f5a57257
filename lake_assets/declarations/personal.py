"""Which columns of a table hold values that are never shown."""

from __future__ import annotations

from lake_assets.declarations.declarations import Declarations
from lake_assets.model import Dataset, TableRef, Zone

__all__ = ["hidden_columns"]

_WHOLE_RECORDS = {"record", "_rescued"}
"""Columns that hold cells of other columns as they came."""


def hidden_columns(declarations: Declarations, ref: TableRef) -> set[str]:
    """Name the columns of a table that hold personal data.

    A column of an exploitation table counts as personal when a table it is made from has one of that name.

    Args:
        declarations: Of the lake.
        ref: The table, of any zone.
    """
    if ref.zone is not Zone.EXPLOITATION:
        return _of_datasets(declarations, {ref.name})
    return _of_datasets(declarations, {each.name for each in _origins(declarations, ref)})


def _of_datasets(declarations: Declarations, names: set[str]) -> set[str]:
    found = (declarations.find_dataset(name) for name in names)
    personal = {name for dataset in found if dataset for name in _personal(dataset)}
    return personal | _WHOLE_RECORDS if personal else set()


def _personal(dataset: Dataset) -> set[str]:
    return {column.name for column in dataset.mapping.columns if column.is_personal}


def _origins(declarations: Declarations, ref: TableRef) -> set[TableRef]:
    """The tables before the exploitation zone that a table is made from."""
    if ref.zone is not Zone.EXPLOITATION:
        return {ref}
    made = declarations.find_transformation(ref.name)
    inputs = made.inputs.values() if made else ()
    return {origin for each in inputs for origin in _origins(declarations, each)}
