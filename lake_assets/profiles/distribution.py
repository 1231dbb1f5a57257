"""How the values of a column are distributed in a sample."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from lake_assets.profiles.column_profile import Histogram, Shares

__all__ = ["as_numbers", "count_values", "histogram_of", "quantiles_of", "shares_of", "top_of"]

_BINS = 20
_STEPS = 20
_TAIL = 0.01
_TENTHS = tuple(step / 10 for step in range(1, 10))
_TOP = 10
_COMPARED = 20
_LONGEST = 60


def as_numbers(values: pl.Series) -> pl.Series:
    """Numbers and times as floats, without nulls and what is not finite; times in microseconds since 1970."""
    if values.dtype.is_temporal():
        values = values.cast(pl.Datetime("us")).cast(pl.Int64)
    numbers = values.cast(pl.Float64).drop_nulls()
    return numbers.filter(numbers.is_finite()).sort()


def quantiles_of(numbers: pl.Series) -> tuple[float, ...]:
    """The quantiles of sorted numbers, in steps of a twentieth from 0 to 1; empty where there are none.

    >>> quantiles_of(pl.Series([float(n) for n in range(101)]))[:3]
    (0.0, 5.0, 10.0)
    """
    return _at(numbers, [step / _STEPS for step in range(_STEPS + 1)])


def histogram_of(numbers: pl.Series) -> Histogram | None:
    """A histogram of sorted numbers between their outer hundredths; None where there are none.

    >>> histogram_of(pl.Series([1.0, 1.0, 2.0])).counts[::19]
    (2, 1)
    """
    if numbers.is_empty():
        return None
    low, high = _at(numbers, [_TAIL, 1 - _TAIL])
    width = (high - low) / _BINS
    if not width > 0:
        low, high = (low, low + 1) if low == high else (low, high)
        return Histogram(low, high, (numbers.len(),))
    upper = pl.Series([low + width * step for step in range(1, _BINS)])
    below = [0, *numbers.search_sorted(upper, side="left").to_list(), numbers.len()]
    return Histogram(low, high, tuple(after - before for before, after in pairwise(below)))


def count_values(values: pl.Series) -> pl.DataFrame:
    """The values that occur more than once, as texts, with how often; the most frequent first.

    >>> count_values(pl.Series("x", ["EWR", "JFK", "EWR", None])).rows()
    [('EWR', 2)]
    """
    counted = values.alias("text").drop_nulls().value_counts(name="count").filter(pl.col("count") > 1)
    texts = counted.with_columns(pl.col("text").cast(pl.String).str.slice(0, _LONGEST))
    return texts.sort("count", "text", descending=[True, False])


def top_of(counted: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    """The most frequent of counted values."""
    return tuple(counted.head(_TOP).iter_rows())


def shares_of(
    values: pl.Series, numbers: pl.Series | None, counted: pl.DataFrame, known: Shares | None = None
) -> Shares | None:
    """The distribution of a column, in the bins of another one where that is given.

    Args:
        values: The sample.
        numbers: The same as sorted numbers; None for values without quantiles.
        counted: The same, counted.
        known: Whose bins are taken.

    Returns:
        None where there is nothing to tell of, or the other one is of another kind.
    """
    if values.is_empty() or (known and bool(known.edges) is not (numbers is not None)):
        return None
    edges, named = _bins(numbers, counted) if known is None else (known.edges, known.values)
    counts = _of_values(values, counted, named) if numbers is None else _in_bins(values, numbers, edges)
    return Shares(edges, named, tuple(count / values.len() for count in [*counts, values.null_count()]))


def _bins(numbers: pl.Series | None, counted: pl.DataFrame) -> tuple[tuple[float, ...], tuple[str, ...]]:
    if numbers is not None:
        return tuple(dict.fromkeys(_at(numbers, _TENTHS))), ()
    return (), tuple(counted.head(_COMPARED)["text"].unique(maintain_order=True))


def _in_bins(values: pl.Series, numbers: pl.Series, edges: Sequence[float]) -> list[int]:
    """Up to each edge, it included, then beyond; NaN and infinite values are beyond."""
    up_to = [0, *numbers.search_sorted(pl.Series(edges, dtype=pl.Float64), side="right").to_list()]
    beyond = values.len() - values.null_count() - up_to[-1]
    return [*(after - before for before, after in pairwise(up_to)), beyond]


def _of_values(values: pl.Series, counted: pl.DataFrame, named: Sequence[str]) -> list[int]:
    """Of each name, then of all others; what occurs once only is among those."""
    of_named = counted.filter(pl.col("text").is_in(named)).group_by("text").agg(pl.col("count").sum())
    known = dict(of_named.iter_rows())
    own = [known.get(name, 0) for name in named]
    return [*own, values.len() - values.null_count() - sum(own)]


def _at(numbers: pl.Series, shares: Sequence[float]) -> tuple[float, ...]:
    """The values at some shares of sorted numbers: each one of them, the nearest."""
    if numbers.is_empty():
        return ()
    places = [round(share * (numbers.len() - 1)) for share in shares]
    return tuple(numbers.gather(places).to_list())
