"""Empty stand-ins for the tables that a transformation reads.

They are sources of Polars' own kind for Python: the optimiser knows nothing of their rows, a plan names them, and they
notice when somebody asks them for rows before the plan is there.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from polars.io.plugins import register_io_source

from lake_assets.model import TableRef

__all__ = ["Stub"]


class Stub:
    """A table without rows.

    Args:
        table: What it stands for.
        schema: Its columns.
    """

    def __init__(self, table: TableRef, schema: pl.Schema) -> None:
        """Keep both."""
        self.table = table
        self.schema = schema
        self.is_collected = False

    def scan(self) -> pl.LazyFrame:
        """The stand-in as a lazy frame."""
        return register_io_source(self, schema=self.schema)

    def __call__(
        self,
        with_columns: list[str] | None,
        predicate: pl.Expr | None,  # noqa: ARG002 - there is no row to be judged
        n_rows: int | None,  # noqa: ARG002 - there is none
        batch_size: int | None,  # noqa: ARG002 - there is none
    ) -> Iterator[pl.DataFrame]:
        """Give no rows, and remember that they were asked for."""
        self.is_collected = True
        empty = self.schema.to_frame()
        yield empty if with_columns is None else empty.select(with_columns)
