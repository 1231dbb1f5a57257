"""What the texts of a column look like, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from lake_assets.inference.meanings import Meaning

__all__ = ["meaning_of_values", "patterns_of"]

_TOP = 5
_LOOKED_AT = 200
_FEW = 8
_LONGEST = 40
_CLASSES = ((r"\p{Lu}", "A"), (r"\p{Ll}", "a"), (r"\p{Nd}", "9"))


def patterns_of(texts: pl.Series) -> tuple[tuple[str, int], ...]:
    """The most frequent shapes: A for a capital, a for a small letter, 9 for a digit; others stand for themselves.

    Where shapes are many, runs of one class are written with a plus.

    >>> patterns_of(pl.Series(["N123", "N456", "n/a"]))
    (('A999', 2), ('a/a', 1))
    """
    counted = texts.drop_nulls().alias("text").value_counts(name="count")
    shaped = _summed(counted.with_columns(_shape(pl.col("text").str.slice(0, _LONGEST))))
    if shaped.height > _FEW:
        shaped = _summed(
            shaped.with_columns(
                pl.col("text")
                .str.replace_all(r"A{2,}", "A+")
                .str.replace_all(r"a{2,}", "a+")
                .str.replace_all(r"9{2,}", "9+")
            )
        )
    return tuple(shaped.head(_TOP).iter_rows())


def _shape(text: pl.Expr) -> pl.Expr:
    for pattern, sign in _CLASSES:
        text = text.str.replace_all(pattern, sign)
    return text


def _summed(counted: pl.DataFrame) -> pl.DataFrame:
    return counted.group_by("text").agg(pl.col("count").sum()).sort("count", "text", descending=[True, False])


def meaning_of_values(name: str, values: pl.Series) -> Meaning | None:
    """What kind of thing the values of a column are, where that is plain."""
    from lake_assets.inference.meanings import meaning_of  # noqa: PLC0415 - only who profiles pays for its lists

    different = values.drop_nulls().unique(maintain_order=True).head(_LOOKED_AT)
    return meaning_of(name, [str(value) for value in different])
