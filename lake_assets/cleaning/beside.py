"""Cells kept as JSON beside their row: those that a step loses go there, personal ones are hidden there too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

import polars as pl

from lake_assets.cleaning.kind import Cell, HidingKind

__all__ = ["MADE", "hiding", "keeping_lost"]

MADE = "made:"
"""What the name of a column begins with that holds what a step made of another."""


def keeping_lost(cells: Sequence[Cell], rescued: str) -> pl.Expr:
    """The JSON beside the row with the cells that a step lost: they had a value, and are null under `MADE`.

    Args:
        cells: As the step found them.
        rescued: The column of the JSON.
    """
    names = [cell.scope.names(cell.column)[0] for cell in cells]

    def keep(columns: Sequence[pl.Series]) -> pl.Series:
        beside, before, made = columns[0], columns[1 : len(cells) + 1], columns[len(cells) + 1 :]
        losses = [old.is_not_null() & new.is_null() for old, new in zip(before, made, strict=True)]
        places = reduce(or_, losses).arg_true()
        if not places.len():
            return beside
        lost = [
            _texts(old.gather(places), loss.gather(places)) for old, loss in zip(before, losses, strict=True)
        ]
        texts = [
            _with(
                so_far, {name: text for name, text in zip(names, cells_of, strict=True) if text is not None}
            )
            for so_far, cells_of in zip(beside.gather(places), zip(*lost, strict=True), strict=True)
        ]
        return beside.clone().scatter(places, pl.Series(texts, dtype=pl.String))

    columns = [
        pl.col(rescued),
        *(cell.value for cell in cells),
        *(pl.col(MADE + cell.column) for cell in cells),
    ]
    return pl.map_batches(columns, keep, return_dtype=pl.String(), is_elementwise=True).alias(rescued)


def _texts(cells: pl.Series, lost: pl.Series) -> list[str | None]:
    if isinstance(cells.dtype, pl.Datetime):
        cells = cells.dt.replace_time_zone(None)
    texts = cells.dt.to_string("iso") if cells.dtype.is_temporal() else cells.cast(pl.String)
    return [text if is_lost else None for text, is_lost in zip(texts, lost, strict=True)]


def _with(so_far: str | None, lost: Mapping[str, str]) -> str:
    members = json.loads(so_far) if so_far else {}
    return json.dumps({**lost, **members}, ensure_ascii=False, separators=(",", ":"))


def hiding(kind: HidingKind, cells: Sequence[Cell], rescued: str) -> pl.Expr:
    """The JSON beside the row with the cells hidden that belong to columns that a step hides."""
    by_name = {name: cell for cell in cells for name in cell.scope.names(cell.column)}

    def hidden(text: str) -> str:
        members = json.loads(text)
        for name in members.keys() & by_name.keys():
            value = members[name]
            plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            members[name] = kind.hidden(plain, by_name[name])
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))

    def hide(beside: pl.Series) -> pl.Series:
        places = beside.is_not_null().arg_true()
        if not places.len():
            return beside
        texts = [hidden(text) for text in beside.gather(places)]
        return beside.clone().scatter(places, pl.Series(texts, dtype=pl.String))

    return pl.col(rescued).map_batches(hide, return_dtype=pl.String(), is_elementwise=True)
