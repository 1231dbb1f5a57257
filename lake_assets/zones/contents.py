"""What two rows say, held against each other without where they came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from lake_assets.model import PROVENANCE

__all__ = ["aligned", "differs", "is_like_next"]


def aligned(rows: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """Rows with the columns of a schema, null in those that they lack."""
    there = rows.collect_schema()
    return rows.select(
        pl.col(name) if name in there else pl.lit(None, kind).alias(name) for name, kind in schema.items()
    )


def differs(names: Collection[str], of: Collection[str], other: str) -> pl.Expr:
    """Whether a row says something else than the one it is joined with.

    Args:
        names: The columns of both.
        of: Those that say nothing: what identifies the row, and what is made of others.
        other: What the names of the other row's columns end with.
    """
    said = [name for name in names if name not in {*of, *PROVENANCE}]
    return pl.any_horizontal(
        pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(f"{name}{other}")) for name in said)
    )


def is_like_next(names: Sequence[str], *, step: int = 1) -> pl.Expr:
    """Whether the next row (or the one before, with a step of -1) has the same in some columns, none of them null."""
    return pl.all_horizontal(
        (pl.col(name) == pl.col(name).shift(-step)).fill_null(value=False) for name in names
    )
