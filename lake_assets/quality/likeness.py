"""Texts that are nearly the same: found within blocks of rows, each held against the first ones of its block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.model import PROVENANCE
from lake_assets.quality.memberships import is_among
from lake_assets.quality.position import has_provenance, is_at, position

__all__ = ["is_unlike"]

_TEXT, _FIRST, _COUNT, _IS_LIKE = "\0text", "\0first", "\0count", "\0is_like"
_MOST_IN_A_BLOCK = 20_000
"""Different texts of one block: each is held against the others, so the work grows with their square."""


def is_unlike(
    columns: Sequence[str], within: Sequence[str], score: int, batch: pl.LazyFrame, known: pl.LazyFrame | None
) -> pl.Expr:
    """Whether a row is the first of those whose texts are nearly the same; a row with a null there is like none.

    Each text is held against those of its block that came before and were like none themselves, so what a row is judged
    to be does not depend on how many come at once. Rows without provenance have no order: there all that are like
    another fail.

    Args:
        columns: Of text; together they are one.
        within: The columns in which rows have the same values when they are compared at all.
        score: From which likeness on, of 100, texts count as the same.
        batch: The rows to be judged.
        known: Rows that came before all of the batch; None when there are none.

    Raises:
        SchemaError: When a block has too many texts.
    """
    is_ordered = has_provenance(batch.collect_schema())
    texts = _texts(columns, within, batch, position() if is_ordered else pl.lit(0, pl.Int128))
    if known is not None:
        near = known.join(batch.select(within).unique(), on=list(within), how="semi") if within else known
        texts = pl.concat([texts, _texts(columns, within, near, pl.lit(-1, pl.Int128))])
    named = [*within, _TEXT]
    together = texts.group_by(named).agg(pl.col(_FIRST).min(), pl.col(_COUNT).sum())
    judged = _judged(
        together.collect(engine="streaming").sort(_FIRST, *named), within, score, both=not is_ordered
    )
    suspects = judged.filter(pl.col(_IS_LIKE) | (pl.col(_COUNT) > 1))
    if suspects.is_empty():
        return pl.lit(value=True)
    text = _joined(columns)
    if not is_ordered:
        return ~is_among(pl.struct(*within, text), suspects.select(named).to_struct()).fill_null(value=False)
    rows = batch.select(*within, text, *PROVENANCE).join(suspects.lazy(), on=named, how="inner")
    later = rows.filter(pl.col(_IS_LIKE) | (position() > pl.col(_FIRST)))
    return ~is_at(later.select(position()).collect(engine="streaming").to_series())


def _joined(columns: Sequence[str]) -> pl.Expr:
    return pl.concat_str(columns, separator=" ").alias(_TEXT)


def _texts(columns: Sequence[str], within: Sequence[str], rows: pl.LazyFrame, first: pl.Expr) -> pl.LazyFrame:
    """Each text of each block, where it comes first, and how often."""
    named = [*within, _TEXT]
    whole = rows.select(*within, _joined(columns), first.alias(_FIRST)).drop_nulls(named)
    return whole.group_by(named).agg(pl.col(_FIRST).min(), pl.len().cast(pl.Int64).alias(_COUNT))


def _judged(texts: pl.DataFrame, within: Sequence[str], score: int, *, both: bool) -> pl.DataFrame:
    blocks = texts.partition_by(within, maintain_order=True) if within else [texts]
    return pl.concat(
        [
            texts.clear().with_columns(pl.lit(None, pl.Boolean).alias(_IS_LIKE)),
            *(_block(block, score, both=both) for block in blocks),
        ]
    )


def _block(block: pl.DataFrame, score: int, *, both: bool) -> pl.DataFrame:
    if block.height > _MOST_IN_A_BLOCK:
        what = f"{block.height:,} different texts are to be compared each with each"
        raise SchemaError(what, mend="say `within` which columns rows must be the same to be compared")
    found = list(_likeness(block[_TEXT], score))
    is_like = [other is not None for other in found]
    if both:
        for other in found:
            if other is not None:
                is_like[other] = True
    return block.with_columns(pl.Series(_IS_LIKE, is_like, dtype=pl.Boolean))


def _likeness(texts: Iterable[str], score: int) -> Iterator[int | None]:
    """Of each text the place of an earlier one that it is like; None where it is like none."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  (only those pay who declare such a rule)

    firsts: list[str] = []
    places: list[int] = []
    for place, text in enumerate(texts):
        plain = utils.default_process(text)
        match = process.extractOne(plain, firsts, scorer=fuzz.token_sort_ratio, score_cutoff=score)
        if match is None:
            firsts.append(plain)
            places.append(place)
        yield None if match is None else places[match[2]]
