"""Where the columns of exploitation tables are from, as the room lineage reads it out of their code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lake_assets.declarations import Declarations
from lake_assets.lineage import LakeLineage
from lake_assets.model import Dependency, TableLineage, TableRef
from lake_assets.site.origins import ANY_COLUMN, ColumnOrigins
from lake_assets.storage.root import LakeRoot

__all__ = ["lineages_of", "origins_in"]


def lineages_of(root: LakeRoot, declarations: Declarations) -> dict[TableRef, TableLineage]:
    """What the columns of each exploitation table depend on; what cannot be looked into is opaque.

    Args:
        root: The lake; only the columns of its tables are looked at.
        declarations: What is declared for it.
    """
    lineage = LakeLineage(root, declarations)
    return {made.target: lineage.of(made.target) for made in declarations.transformations}


def origins_in(lineages: Mapping[TableRef, TableLineage]) -> ColumnOrigins:
    """Where the values of their columns come from; of a column that has none, what decides about its values.

    Args:
        lineages: By table.
    """
    return {
        (ref, column): _origins(dependencies)
        for ref, lineage in lineages.items()
        for column, dependencies in lineage.columns.items()
    }


def _origins(dependencies: Iterable[Dependency]) -> list[tuple[TableRef, str]]:
    """Each once; a table of which it cannot be told which column it is stands for any of them."""
    every = sorted(dependencies)
    values = [each for each in every if each.way.is_direct] or every
    known = [(each.origin.table, each.origin.column) for each in values if not each.is_opaque]
    opaque = [(each.origin.table, ANY_COLUMN) for each in values if each.is_opaque]
    return list(dict.fromkeys([*known, *opaque]))
