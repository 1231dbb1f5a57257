"""Figures of a column in few letters, as `lake_assets.profiles.words`, with times to the minute."""

from __future__ import annotations

from dataclasses import replace

from lake_assets.profiles.column_profile import ColumnProfile
from lake_assets.profiles.words import range_text, values_text

__all__ = ["extent_text", "frequent_text"]

_MINUTE = len("2026-01-31 14:05")


def extent_text(column: ColumnProfile) -> str:
    """From the least to the greatest value; empty where neither is shown.

    >>> extent_text(ColumnProfile("at", "Datetime", 0, minimum="2026-01-31T14:05:00+00:00", maximum="2026-02-01T08:00"))
    '2026-01-31 14:05 … 2026-02-01 08:00'
    """
    if column.minimum is None or column.maximum is None:
        return "-"
    return range_text(
        replace(column, minimum=_short(column, column.minimum), maximum=_short(column, column.maximum))
    )


def frequent_text(column: ColumnProfile) -> str:
    """The most frequent values, or shapes where no value is frequent."""
    return (
        values_text(replace(column, top=tuple((_short(column, value), count) for value, count in column.top)))
        or "-"
    )


def _short(column: ColumnProfile, value: str) -> str:
    return value[:_MINUTE].replace("T", " ") if column.kind.startswith("Datetime") else value
