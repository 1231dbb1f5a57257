"""Texts that mean null: without them a column is of a type."""

from __future__ import annotations

import polars as pl

from lake_assets.inference.checks import is_country
from lake_assets.model import ColumnType
from lake_assets.zones.inference import infer_column

__all__ = ["null_tokens", "without_tokens"]

_TOKENS = (
    "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "none", "\\N", "-", "--", ".", "?",
    "missing", "unknown",
)  # fmt: skip


def null_tokens(frame: pl.DataFrame) -> tuple[str, ...]:
    """The texts that mean null in the elements of a file.

    A usual one counts when it alone keeps a column from its type, and when no column has it among values that are like
    it: NA is a country too.

    >>> null_tokens(pl.DataFrame({"delay": ["1", "NA"], "plane": ["N1", "NA"]}))
    ('NA',)
    >>> null_tokens(pl.DataFrame({"delay": ["1", "NA"], "country": ["DE", "NA"]}))
    ()
    """
    texts = [column for column in frame if column.dtype == pl.String and column.is_in(_TOKENS).any()]
    found = [token for column in texts for token in _typing(column)]
    return tuple(
        token for token in dict.fromkeys(found) if not any(_means_more(token, each) for each in texts)
    )


def _typing(column: pl.Series) -> list[str]:
    """The tokens of a column that would be of a type without them."""
    left = column.filter(~column.is_in(_TOKENS)).drop_nulls()
    if not left.len() or infer_column("", left, set()).kind is ColumnType.TEXT:
        return []
    return [token for token in _TOKENS if (column == token).any()]


def _means_more(token: str, column: pl.Series) -> bool:
    others = column.filter(~column.is_in(_TOKENS)).drop_nulls().unique().to_list()
    return is_country(token) and token in column and bool(others) and all(map(is_country, others))


def without_tokens(frame: pl.DataFrame, tokens: tuple[str, ...]) -> pl.DataFrame:
    """The frame with null for each text that means it."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String and tokens]
    return frame.with_columns(
        pl.when(~pl.col(name).is_in(tokens)).then(pl.col(name)).alias(name) for name in texts
    )
