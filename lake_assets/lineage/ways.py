"""What becomes of dependencies on the way through an expression or a step of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lake_assets.model import Dependency, Way

__all__ = ["NONE", "Dependencies", "deciding", "opaque", "together", "valued"]

Dependencies = frozenset[Dependency]

NONE: Dependencies = frozenset()

_STRENGTH = {Way.IDENTITY: 0, Way.TRANSFORMATION: 1, Way.AGGREGATION: 2}


def together(many: Iterable[Dependencies]) -> Dependencies:
    """All of several sets."""
    return NONE.union(*many)


def valued(dependencies: Dependencies, way: Way) -> Dependencies:
    """What a value depends on that is made of one with some dependencies.

    What was aggregated stays so when it is transformed afterwards; what decided goes on deciding.

    >>> from lake_assets.model import ColumnRef, TableRef
    >>> price = ColumnRef(TableRef.parse("trusted.sales"), "price")
    >>> summed = valued(frozenset({Dependency(price, Way.IDENTITY)}), Way.AGGREGATION)
    >>> [each.way.value for each in valued(summed, Way.TRANSFORMATION)]
    ['AGGREGATION']
    """
    strength = _STRENGTH[way]
    return frozenset(
        replace(each, way=way) if _STRENGTH.get(each.way, strength) < strength else each
        for each in dependencies
    )


def deciding(dependencies: Dependencies, way: Way) -> Dependencies:
    """What something depends on that a value with some dependencies decides about, in a way that is indirect."""
    return frozenset(replace(each, way=way) if each.way.is_direct else each for each in dependencies)


def opaque(dependencies: Dependencies, way: Way = Way.TRANSFORMATION) -> Dependencies:
    """What something may depend on that nobody can look into."""
    moved = valued(dependencies, way) if way.is_direct else deciding(dependencies, way)
    return frozenset(replace(each, is_opaque=True) for each in moved)
