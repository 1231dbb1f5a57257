"""Which tables hold something of a person's records, and which are made of them."""

from __future__ import annotations

from collections.abc import Iterator

from lake_assets.declarations import Declarations
from lake_assets.erasure.places import Found
from lake_assets.model import Dataset, TableRef, Zone

__all__ = ["concerned_tables", "tables_of", "tables_with_records"]

_BASE = (Zone.QUARANTINE, Zone.TRUSTED, Zone.FORMATTED)


def tables_of(dataset: Dataset) -> Iterator[tuple[Dataset, Zone]]:
    """The tables whose rows are of records of a dataset, those made of others first."""
    for zone in _BASE:
        for each in (*dataset.children, dataset):
            if zone is not Zone.FORMATTED or not each.parent:
                yield each, zone


def _refs_of(dataset: Dataset) -> set[TableRef]:
    return {each.table(zone) for each, zone in tables_of(dataset)}


def tables_with_records(declarations: Declarations, found: Found) -> set[TableRef]:
    """The tables that hold something of the person's records."""
    held = (_refs_of(dataset) for dataset in declarations.datasets if found.records[dataset.name].height)
    return set().union(*held)


def concerned_tables(declarations: Declarations, found: Found) -> set[TableRef]:
    """The tables that hold something of the person's records, or are made of such tables."""
    own = tables_with_records(declarations, found)
    for made in declarations.transformations:
        if own & set(made.inputs.values()):
            own.add(made.target)
    return own
