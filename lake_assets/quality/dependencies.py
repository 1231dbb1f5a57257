"""Functional dependencies: a look at the pairs of key and meaning alone, of which there are few."""

from __future__ import annotations

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.quality.memberships import is_among
from lake_assets.quality.position import has_provenance, is_at, position
from lake_assets.quality.repeats import within_bounds

__all__ = ["is_first_meaning"]

_FIRST = "first position"


def is_first_meaning(
    keys: tuple[str, ...], fixed: tuple[str, ...], batch: pl.LazyFrame, known: pl.LazyFrame | None
) -> pl.Expr:
    """Whether a row has the meaning that the first row of its key has; a key with a null in it fixes nothing.

    A null meaning is no meaning: it neither fixes nor breaks. Rows without provenance have no order: there all rows
    of a key with several meanings fail.

    Args:
        keys: The columns that fix.
        fixed: The columns that are fixed.
        batch: The rows to be judged.
        known: Rows that came before all of the batch; None when there are none.
    """
    is_ordered = has_provenance(batch.collect_schema())
    pairs = _pairs(keys, fixed, batch, position() if is_ordered else pl.lit(0, pl.Int128))
    if known is not None:
        near = known.filter(within_bounds(keys, batch)).join(batch.select(keys), on=list(keys), how="semi")
        pairs = pl.concat([pairs, _pairs(keys, fixed, near, pl.lit(-1, pl.Int128))])
    several = pl.len().over(keys) > 1
    meanings = (
        pairs.group_by(*keys, *fixed).agg(pl.col(_FIRST).min()).filter(several).collect(engine="streaming")
    )
    if meanings.is_empty():
        return pl.lit(value=True)
    wrong = _wrong(meanings, keys, is_ordered=is_ordered).select(*keys, *fixed)
    if not is_ordered:
        return ~is_among(pl.struct(*keys, *fixed), wrong.to_struct()).fill_null(value=False)
    rows = batch.select(*keys, *fixed, *PROVENANCE).join(wrong.lazy(), on=[*keys, *fixed], how="semi")
    return ~is_at(rows.select(position()).collect(engine="streaming").to_series())


def _pairs(keys: tuple[str, ...], fixed: tuple[str, ...], rows: pl.LazyFrame, first: pl.Expr) -> pl.LazyFrame:
    """Each key with each of its meanings, and where it comes first."""
    named = [*keys, *fixed]
    whole = rows.select(*named, first.alias(_FIRST)).drop_nulls(named)
    return whole.group_by(named).agg(pl.col(_FIRST).min())


def _wrong(meanings: pl.DataFrame, keys: tuple[str, ...], *, is_ordered: bool) -> pl.DataFrame:
    """The pairs of key and meaning that another meaning of the key comes before."""
    if not is_ordered:
        return meanings
    return meanings.filter(pl.col(_FIRST) > pl.col(_FIRST).min().over(keys))
