"""What a sample tells of the columns of a dataset."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lake_assets.inference.meanings import Meaning
from lake_assets.model import Column, ColumnType

__all__ = ["ColumnDraft"]


@dataclass(frozen=True)
class ColumnDraft:
    """A column, and what a sample holds of it.

    Args:
        column: The column.
        values: Its values as they will be stored; an empty series for nested ones.
        meaning: What kind of thing its values are, where that is plain.
    """

    column: Column
    values: pl.Series = field(repr=False)
    meaning: Meaning | None = None

    @property
    def name(self) -> str:
        """Its name in the tables."""
        return self.column.name

    @property
    def kind(self) -> ColumnType:
        """Its type."""
        return self.column.kind

    @property
    def count(self) -> int:
        """How many values there are, nulls aside."""
        return self.values.len() - self.values.null_count()

    @property
    def has_nulls(self) -> bool:
        """Whether a value is missing."""
        return self.values.null_count() > 0

    @property
    def distinct(self) -> int:
        """How many different values there are, nulls aside."""
        return self.values.drop_nulls().n_unique()
