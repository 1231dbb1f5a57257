"""How far two distributions are from each other.

Source: N. Siddiqi, Credit Risk Scorecards (2006), for the population stability index and its usual bounds;
F. J. Massey, The Kolmogorov-Smirnov Test for Goodness of Fit (1951).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import log

import polars as pl

from lake_assets.profiles.column_profile import ColumnProfile, Drift
from lake_assets.profiles.distribution import shares_of

__all__ = ["drift_of", "ks_of", "psi_of"]

_LEAST = 1e-4
"""What an empty bin counts as: the logarithm of nothing is not finite."""


def drift_of(
    values: pl.Series,
    numbers: pl.Series | None,
    counted: pl.DataFrame,
    before: ColumnProfile | None,
    version: int,
) -> Drift | None:
    """The drift of a column; None where it was not profiled before, or as something else.

    Args:
        values: The sample as it is now.
        numbers: The same as sorted numbers; None for values without quantiles.
        counted: The same, counted.
        before: The column in the version profiled before.
        version: That version.
    """
    known = before.shares if before else None
    now = shares_of(values, numbers, counted, known) if known else None
    if known is None or now is None:
        return None
    ks = ks_of(known.shares[:-1], now.shares[:-1]) if known.edges else None
    return Drift(version, round(psi_of(known.shares, now.shares), 6), ks if ks is None else round(ks, 6))


def psi_of(before: Sequence[float], now: Sequence[float]) -> float:
    """The population stability index of two distributions over the same bins.

    >>> psi_of([0.5, 0.5], [0.5, 0.5])
    0.0
    >>> round(psi_of([0.5, 0.5], [0.9, 0.1]), 3)
    0.879
    """
    pairs = [(max(old, _LEAST), max(new, _LEAST)) for old, new in zip(before, now, strict=True)]
    return sum((new - old) * log(new / old) for old, new in pairs)


def ks_of(before: Sequence[float], now: Sequence[float]) -> float:
    """The greatest distance between two cumulated distributions over the same ordered bins, nulls left out.

    >>> round(ks_of([0.5, 0.5], [0.9, 0.1]), 3)
    0.4
    """
    old, new = sum(before), sum(now)
    if not old or not new:
        return float(bool(old) is not bool(new))
    pairs = zip(accumulate(before), accumulate(now), strict=True)
    return max(abs(left / old - right / new) for left, right in pairs)
