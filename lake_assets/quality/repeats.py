"""Uniqueness: a narrow look at the keys alone before the rows are judged, which usually finds nothing."""

from __future__ import annotations

from math import ceil

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.quality.memberships import is_among
from lake_assets.quality.position import has_provenance, is_at, position

__all__ = ["is_first", "superseded", "within_bounds"]

_KEYS_PER_LOOK = 20_000_000
"""Key hashes held at once: 8 bytes each, twice while they are sorted."""


def is_first(keys: tuple[str, ...], batch: pl.LazyFrame, known: pl.LazyFrame | None) -> pl.Expr:
    """Whether a row is the first of its key, by file and record; a key with a null in it is like no other.

    Rows without provenance have no order: there all rows of a repeated key fail.

    Args:
        keys: The columns that must not repeat together.
        batch: The rows to be judged.
        known: Rows that came before all of the batch; None when there are none.
    """
    ordered = has_provenance(batch.collect_schema())
    narrow = batch.select(*keys, *(PROVENANCE if ordered else ()))
    suspects = _repeated_hashes(keys, batch)
    later = pl.concat([_repeated(keys, narrow, suspects, ordered=ordered), *_taken(keys, narrow, known)])
    if later.is_empty():
        return pl.lit(True)
    if ordered:
        return ~is_at(later.select(position().unique()).to_series())
    return ~is_among(pl.struct(keys), later.select(pl.struct(keys).unique()).to_series()) | ~_is_whole(keys)


def superseded(
    keys: tuple[str, ...], batch: pl.LazyFrame, kept: pl.Expr, order: tuple[str, ...] = PROVENANCE
) -> pl.Series:
    """Positions of the rows that a later row of the same key comes after.

    Args:
        keys: The columns that identify a row.
        batch: Rows with provenance.
        kept: Which of them count; never null, and false where a key is.
        order: The columns by which the later row is told, provenance last; a null is before all others.
    """
    suspects = _repeated_hashes(keys, batch)
    if suspects.is_empty():
        return pl.Series(dtype=pl.Int128)
    columns = dict.fromkeys([*keys, *order])
    rows = batch.filter(is_among(_hash(keys), suspects)).filter(kept).select(*columns)
    latest_first = rows.collect(engine="streaming").sort(order, descending=True, nulls_last=True)
    return latest_first.filter(~pl.struct(keys).is_first_distinct()).select(position()).to_series()


def _is_whole(keys: tuple[str, ...]) -> pl.Expr:
    return pl.all_horizontal(pl.col(key).is_not_null() for key in keys)


def _hash(keys: tuple[str, ...]) -> pl.Expr:
    """Alike for like keys, and null for a key with a null in it."""
    return pl.when(_is_whole(keys)).then(pl.struct(keys).hash())


def _repeated_hashes(keys: tuple[str, ...], batch: pl.LazyFrame) -> pl.Series:
    rows: int = batch.select(pl.len()).collect(engine="streaming").item()
    looks = max(1, ceil(rows / _KEYS_PER_LOOK))
    hashes = batch.select(_hash(keys).alias("hash"))
    shares = (
        [hashes.filter(pl.col("hash") % looks == share) for share in range(looks)] if looks > 1 else [hashes]
    )
    return pl.concat([_twice(share.collect(engine="streaming")["hash"]) for share in shares])


def _twice(hashes: pl.Series) -> pl.Series:
    """The hashes that occur more than once: sorted, equal ones are neighbours, at half the cost of grouping."""
    in_order = hashes.sort(multithreaded=False)
    return in_order.filter(in_order == in_order.shift()).unique()


def _repeated(
    keys: tuple[str, ...], narrow: pl.LazyFrame, suspects: pl.Series, *, ordered: bool
) -> pl.DataFrame:
    """Rows whose key another row has; where rows are ordered, the first row of each key is left out."""
    if suspects.is_empty():
        return pl.DataFrame(schema=narrow.collect_schema())
    rows = narrow.filter(is_among(_hash(keys), suspects)).collect(engine="streaming")
    if ordered:
        return rows.sort(PROVENANCE).filter(~pl.struct(keys).is_first_distinct())
    return rows.filter(pl.struct(keys).is_duplicated())


def _taken(keys: tuple[str, ...], narrow: pl.LazyFrame, known: pl.LazyFrame | None) -> list[pl.DataFrame]:
    """Rows of the batch whose key the table already holds."""
    if known is None:
        return []
    near = known.select(keys).filter(within_bounds(keys, narrow))
    held = near.join(narrow.select(keys), on=keys, how="semi").unique()
    return [narrow.join(held, on=keys, how="semi").collect(engine="streaming")]


def within_bounds(keys: tuple[str, ...], narrow: pl.LazyFrame) -> pl.Expr:
    """Whether a key can be one of the batch, told from file statistics, so that most of a large table stays unread.

    A float may be NaN, which has no place between bounds.
    """
    schema = narrow.collect_schema()
    bounded = [key for key in keys if not (schema[key].is_float() or schema[key].is_nested())]
    if not bounded:
        return pl.lit(True)
    plans = [narrow.select(pl.col(bounded).min()), narrow.select(pl.col(bounded).max())]
    least, greatest = (found.row(0, named=True) for found in pl.collect_all(plans, engine="streaming"))
    tests = [
        pl.col(key).is_between(
            pl.lit(least[key], dtype=schema[key]), pl.lit(greatest[key], dtype=schema[key])
        )
        for key in bounded
    ]
    return pl.all_horizontal(tests)
