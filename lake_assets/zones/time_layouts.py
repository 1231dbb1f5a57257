"""How the days or instants of an element are written, from a sample; day and month are never guessed."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from lake_assets.model import ColumnType

__all__ = ["find_time_layout"]

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
_EITHER_WAY = (("%d/%m/%Y", "%m/%d/%Y"), ("%d-%m-%Y", "%m-%d-%Y"))
_ALL_DAYS = (*_DAYS, *(day for choice in _EITHER_WAY for day in choice))
_HOURS = (" %H:%M:%S", " %H:%M")


def find_time_layout(values: pl.Series) -> tuple[ColumnType, str] | None:
    """The type and the layouts, `|` between them, that all values keep together; None where there are none.

    Args:
        values: Text, at least one.

    >>> find_time_layout(pl.Series(["31.01.2024", "2024-02-01"]))
    (<ColumnType.DATE: 'date'>, '%Y-%m-%d|%d.%m.%Y')
    """
    if not any(_reads(f"{day}{hour}", values.head(1)).any() for day in _ALL_DAYS for hour in ("", *_HOURS)):
        return None
    if layout := _layout(values, ("",)):
        return ColumnType.DATE, layout
    layout = _layout(values, _HOURS)
    return (ColumnType.DATETIME, layout) if layout else None


def _layout(values: pl.Series, hours: Iterable[str]) -> str:
    """The layouts that all values keep together, each kept by some of them; empty where they are not enough."""
    taken: list[str] = []
    left = values
    for hour in hours:
        for choice in (*((day,) for day in _DAYS), *_EITHER_WAY):
            chosen = _chosen([f"{day}{hour}" for day in choice], left)
            if chosen is None:
                return ""
            if chosen:
                taken.append(chosen)
                left = left.filter(~_reads(chosen, left))
            if not left.len():
                return "|".join(taken)
    return ""


def _chosen(choice: list[str], values: pl.Series) -> str | None:
    """The layout of a choice that more values keep, empty when none does; None when it would be a guess."""
    counts = sorted(((int(_reads(layout, values).sum()), layout) for layout in choice), reverse=True)
    if len(counts) > 1 and counts[0][0] == counts[1][0] > 0:
        return None
    return counts[0][1] if counts[0][0] else ""


def _reads(layout: str, values: pl.Series) -> pl.Series:
    return (
        values.str.to_datetime(layout, strict=False).is_not_null()
        if "%H" in layout
        else _reads_day(layout, values)
    )


def _reads_day(layout: str, values: pl.Series) -> pl.Series:
    return values.str.to_date(layout, strict=False).is_not_null()
