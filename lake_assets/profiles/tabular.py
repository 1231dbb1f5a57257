"""A profile as a table of texts."""

from __future__ import annotations

from lake_assets.profiles.column_profile import TableProfile
from lake_assets.profiles.words import (
    distinct_text,
    drift_text,
    number_text,
    range_text,
    share_text,
    values_text,
)

__all__ = ["table_of"]

_HEAD = (
    "column",
    "type",
    "meaning",
    "#nulls",
    "#distinct",
    "range",
    "#mean",
    "#median",
    "most frequent",
    "drift",
)


def table_of(profile: TableProfile) -> tuple[tuple[str, ...], list[list[str]]]:
    """The names of the columns, those of numbers with a `#` before them, and a row for each column profiled."""
    rows = [
        [
            column.name,
            column.kind,
            column.meaning,
            share_text(column.nulls, profile.rows) if profile.rows else "",
            distinct_text(column),
            range_text(column),
            number_text(column.mean),
            _median(column.quantiles, column.mean),
            values_text(column),
            drift_text(column),
        ]
        for column in profile.columns
    ]
    return _HEAD, rows


def _median(quantiles: tuple[float, ...], mean: float | None) -> str:
    """Of numbers; that of times would be in microseconds."""
    return number_text(quantiles[len(quantiles) // 2]) if quantiles and mean is not None else ""
