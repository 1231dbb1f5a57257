"""What may identify a row: columns that are never null and never repeat, as few and as narrow as can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import polars as pl

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.model import ColumnType

__all__ = ["Keys", "find_keys", "is_identifier"]

_IDENTIFIER = re.compile(
    r"(?:^|_)(?:id|uid|uuid|guid|key|code|number|num|no|nr|ref|reference|sku|isbn|iban|vin|serial|rowid|slug|hash)(?:_|$)|id$"
)
_FEW_ROWS = 10
_MANY_ROWS = 1_000
_WIDEST = 64
_MOST_COLUMNS = 14
_MOST_SHOWN = 4
_MOST_PARTS = 3
_ORDINARY = {ColumnType.INT, ColumnType.TEXT, ColumnType.DATE, ColumnType.DATETIME}

_Likeliness = tuple[bool, bool, bool, float, int]
"""Least for what is most likely: no name of an identifier, not the first, personal, bytes of a value, place."""


@dataclass(frozen=True)
class Keys:
    """Candidates for the key of a dataset.

    Args:
        best: The one to declare; empty where the evidence is too little.
        others: Others that would do, the likelier first.
    """

    best: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()


def is_identifier(name: str) -> bool:
    """Whether a column is called like something that identifies.

    >>> is_identifier("hire_id"), is_identifier("customer_number"), is_identifier("price")
    (True, True, False)
    """
    return bool(_IDENTIFIER.search(name))


def find_keys(columns: Sequence[ColumnDraft], rows: int) -> Keys:
    """Look for keys, single columns first.

    A wrong key loses rows, so one is declared only where a name or its place speaks for it, or many rows do.

    Args:
        columns: With their values in the sample.
        rows: How many rows those are.
    """
    usable = [each for each in columns if _is_usable(each, rows)]
    unique = [each for each in usable if each.distinct == rows]
    telling = unique if rows >= _FEW_ROWS else [each for each in unique if is_identifier(each.name)]
    single = sorted(telling, key=_likeliness(columns))
    names = [(each.name,) for each in single]
    if single:
        is_best = rows >= _FEW_ROWS and _speaks_for_itself(single[0], columns)
        return (
            Keys(names[0], tuple(names[1:][:_MOST_SHOWN]))
            if is_best
            else Keys((), tuple(names[:_MOST_SHOWN]))
        )
    several = _several(usable, rows)
    return (
        Keys(several[0], tuple(several[1:])) if several and rows >= _MANY_ROWS else Keys((), tuple(several))
    )


def _is_usable(draft: ColumnDraft, rows: int) -> bool:
    if draft.kind not in _ORDINARY or draft.has_nulls or not rows:
        return False
    return draft.kind is not ColumnType.TEXT or not draft.values.str.len_chars().gt(_WIDEST).any()


def _speaks_for_itself(draft: ColumnDraft, columns: Sequence[ColumnDraft]) -> bool:
    is_first = draft.name == columns[0].name
    return is_identifier(draft.name) or (is_first and draft.kind in {ColumnType.INT, ColumnType.TEXT})


def _likeliness(columns: Sequence[ColumnDraft]) -> Callable[[ColumnDraft], _Likeliness]:
    places = {each.name: place for place, each in enumerate(columns)}

    def rank(draft: ColumnDraft) -> _Likeliness:
        return (
            not is_identifier(draft.name),
            places[draft.name] > 0,
            draft.column.is_personal,
            _width(draft),
            places[draft.name],
        )

    return rank


def _width(draft: ColumnDraft) -> float:
    """Bytes of a value."""
    return float(draft.values.str.len_bytes().mean() or 0) if draft.kind is ColumnType.TEXT else 8.0  # type: ignore[arg-type]  # of numbers


def _several(usable: Sequence[ColumnDraft], rows: int) -> list[tuple[str, ...]]:
    """The smallest sets of columns that never repeat, of columns that do tell rows apart."""
    telling = [each for each in usable if each.distinct > 1 and not each.column.is_personal]
    chosen = sorted(telling, key=lambda each: (not is_identifier(each.name), -each.distinct))[:_MOST_COLUMNS]
    order = {each.name: place for place, each in enumerate(usable)}
    frame = pl.DataFrame([each.values for each in chosen])
    for size in range(2, _MOST_PARTS + 1):
        found = [
            parts
            for parts in combinations(chosen, size)
            if prod(part.distinct for part in parts) >= rows and _is_unique(frame, parts, rows)
        ]
        if found:
            best = sorted(
                found,
                key=lambda parts: (-sum(is_identifier(part.name) for part in parts), sum(map(_width, parts))),
            )
            return [
                tuple(sorted((part.name for part in parts), key=order.__getitem__))
                for parts in best[:_MOST_SHOWN]
            ]
    return []


def _is_unique(frame: pl.DataFrame, parts: Iterable[ColumnDraft], rows: int) -> bool:
    return frame.select([part.name for part in parts]).n_unique() == rows
