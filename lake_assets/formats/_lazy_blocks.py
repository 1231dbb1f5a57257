"""Blocks of rows that are made when they are asked for, as one lazy frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
from polars.io.plugins import register_io_source

__all__ = ["lazy_blocks"]


def lazy_blocks(blocks: Callable[[], Iterator[pl.DataFrame]], schema: pl.Schema) -> pl.LazyFrame:
    """Make a lazy frame that never holds more than a few blocks.

    The plan itself owns `blocks`, so nothing has to be kept alive or cleaned up beside it; every collect calls it anew.

    Args:
        blocks: Gives the frames, all of the schema, in order, the same at each call.
        schema: Of every block.
    """

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        yield pl.DataFrame(schema=schema).select(with_columns or list(schema))
        for block in _first(blocks(), n_rows):
            kept = block if predicate is None else block.filter(predicate)
            yield kept if with_columns is None else kept.select(with_columns)

    return register_io_source(source, schema=schema)


def _first(blocks: Iterator[pl.DataFrame], n_rows: int | None) -> Iterator[pl.DataFrame]:
    """The blocks up to a number of rows; the optimiser counts on it being kept."""
    if n_rows is None:
        yield from blocks
        return
    left = n_rows
    for block in blocks:
        if left <= 0:
            return
        yield block.head(left)
        left -= block.height
