"""Pairs of columns that may join, by what profiles say: of one type, and one of them identifies its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from lake_assets.model import TableRef
from lake_assets.profiles import ColumnProfile, TableProfile

__all__ = ["Candidate", "candidates_of"]

_FEW = 5
"""Of fewer different values it says little that they are found elsewhere."""

_ALIKE = 75
"""Names that are no more alike than this say nothing of what numbers mean: small ones are among all others."""

_SPEAKS_FOR_ITSELF = {"String"}


@dataclass(frozen=True)
class Candidate:
    """A column that may hold keys of another table.

    Args:
        table: The table that may refer.
        column: Its column.
        to: The table that may be referred to.
        to_column: The column that identifies its rows.
    """

    table: TableRef
    column: str
    to: TableRef
    to_column: str


def candidates_of(profiles: Mapping[TableRef, TableProfile], ref: TableRef) -> Iterator[Candidate]:
    """The pairs of columns of a table and of others that may join, whichever of the two refers.

    Args:
        profiles: The newest profile of every table.
        ref: The table.
    """
    mine = profiles.get(ref)
    if mine is None:
        return
    for other, theirs in profiles.items():
        if other != ref:
            yield from _referring(mine, theirs)
            yield from _referring(theirs, mine)


def _referring(here: TableProfile, there: TableProfile) -> Iterator[Candidate]:
    for key in (each for each in there.columns if _identifies(there, each)):
        for column in here.columns:
            if _may_refer(column, key):
                yield Candidate(here.table, column.name, there.table, key.name)


def _identifies(table: TableProfile, column: ColumnProfile) -> bool:
    return (column.name,) in table.keys or (not column.nulls and column.distinct == table.rows)


def _may_refer(column: ColumnProfile, key: ColumnProfile) -> bool:
    if column.is_personal or key.is_personal or column.kind != key.kind:
        return False
    if min(column.distinct or 0, key.distinct or 0) < _FEW:
        return False
    return column.kind in _SPEAKS_FOR_ITSELF or _are_alike(column.name, key.name)


def _are_alike(name: str, other: str) -> bool:
    """Whether two names are much the same.

    >>> _are_alike("order_id", "orders_id"), _are_alike("day", "year")
    (True, False)
    """
    return fuzz.ratio(name, other) > _ALIKE
