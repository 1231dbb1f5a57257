"""What the trusted zone judges: rows of formatted as they are to enter."""

from __future__ import annotations

import polars as pl

from lake_assets.cleaning import Tally
from lake_assets.model import Dataset
from lake_assets.storage.table import Table
from lake_assets.zones.cleaned import cleaning_of

__all__ = ["batch_of"]


def batch_of(
    dataset: Dataset, formatted: Table, rows: pl.LazyFrame, tally: Tally | None = None
) -> pl.LazyFrame:
    """Rows of the formatted table as the trusted zone takes them in: cleaned by the steps of the dataset.

    Args:
        dataset: Whose rows they are.
        formatted: The table they are of.
        rows: Some of its rows, with their provenance.
        tally: Counts what is changed, in the one pass during which it is asked to.

    Raises:
        SchemaError: When a step does not fit the columns.
        SettingsError: When a key is missing.
    """
    return cleaning_of(dataset, formatted).clean(rows, tally) if dataset.clean else rows
