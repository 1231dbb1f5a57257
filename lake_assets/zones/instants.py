"""Instants as ISO 8601 writes them: with `T` or a space, with an offset or none, to the minute or finer."""

from __future__ import annotations

import polars as pl

__all__ = ["INSTANT", "read_instants"]

INSTANT = pl.Datetime("us", "UTC")
"""The type of every datetime column."""

_ZONED = (
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M%#z",
    "%Y-%m-%d %H:%M%#z",
)
# Polars reads layouts without a fraction several times as fast, so they stand first.
_LAYOUTS = (
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    *_ZONED,
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)


def read_instants(text: pl.Series) -> pl.Series:
    """Read each cell by whichever layout it keeps; null where it keeps none. Without an offset it is in UTC.

    >>> read_instants(pl.Series(["2013-01-01T05:00:00Z", "2013-01-01 07:30+02:30", "noon"])).dt.hour().to_list()
    [5, 5, None]
    """
    found = pl.Series(text.name, [None], INSTANT).new_from_index(0, text.len())
    left = text
    for layout in _likely_first(text):
        found = pl.select(pl.coalesce(found, _read(left, layout))).to_series()
        left = pl.select(pl.when(found.is_null()).then(text)).to_series()
        if left.null_count() == left.len():
            break
    return found


def _likely_first(text: pl.Series) -> list[str]:
    """All layouts, those first that the first cell keeps: the rest are mostly written like it."""
    first = text.drop_nulls().head(1)
    return sorted(_LAYOUTS, key=lambda layout: _read(first, layout).null_count())


def _read(text: pl.Series, layout: str) -> pl.Series:
    if layout in _ZONED:
        return text.str.to_datetime(layout, strict=False, cache=False, time_unit="us", time_zone="UTC")
    return text.str.to_datetime(layout, strict=False, cache=False, time_unit="us").dt.replace_time_zone("UTC")
