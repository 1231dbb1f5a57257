"""The artefacts as they stand in a lake: which are there, how many rows they hold, when they changed."""

from __future__ import annotations

from dataclasses import dataclass

from lake_assets.catalog.artefact import Artefact
from lake_assets.catalog.artefacts import ARTEFACTS
from lake_assets.model import Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["Standing", "column_meanings", "standings"]


@dataclass(frozen=True)
class Standing:
    """How an artefact stands.

    Args:
        artefact: The artefact.
        version: Delta version of its table; None when it is not there yet.
        rows: Number of rows.
    """

    artefact: Artefact
    version: int | None = None
    rows: int = 0


def standings(root: LakeRoot) -> list[Standing]:
    """How every artefact stands, in the order of the domain; from the logs alone."""
    there = set(root.files.folders(Zone.GOVERNANCE.value))
    return [_standing(root, each) if each.name in there else Standing(each) for each in ARTEFACTS]


def _standing(root: LakeRoot, artefact: Artefact) -> Standing:
    table = find_table(root, artefact.ref)
    return Standing(artefact, table.version, table.row_count) if table else Standing(artefact)


def column_meanings(artefact: Artefact, table: Table | None) -> list[tuple[str, str, str]]:
    """The columns of an artefact with type and meaning: as they are in its table, or as they will be."""
    if table is None:
        return [(name, str(kind), artefact.meanings.get(name, "")) for name, kind in artefact.schema.items()]
    comments = {each.name: str(each.metadata.get("comment", "")) for each in table.delta.schema().fields}
    return [(name, str(kind), comments[name]) for name, kind in table.schema.items()]
