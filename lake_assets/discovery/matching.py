"""How many of the values of some columns are among those of others, by values that are looked at."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.storage.table import Table

__all__ = ["matched_share"]

_ROWS = 200_000
_VALUES = 10_000


def matched_share(
    here: Table, columns: Sequence[str], there: Table, to_columns: Sequence[str]
) -> float | None:
    """The share of different values of one table's columns that the other's columns hold together.

    Up to 10,000 different values are looked at, from the first 200,000 rows; a value with a null in it is none.

    Args:
        here: The table that refers.
        columns: Its columns.
        there: The table that is referred to.
        to_columns: Its columns, one for each of `columns`.

    Returns:
        From 0 to 1; None where there are no values, or a column is not there or of another type.
    """
    if not _fit(here, columns, there, to_columns):
        return None
    values = here.scan().select(columns).head(_ROWS).drop_nulls().unique().head(_VALUES)
    looked_at = values.collect(engine="streaming")
    keys = there.scan().select(pl.col(old).alias(new) for old, new in zip(to_columns, columns, strict=True))
    found = looked_at.lazy().join(keys, on=list(columns), how="semi").select(pl.len())
    matched = int(found.collect(engine="streaming").item())
    return matched / looked_at.height if looked_at.height else None


def _fit(here: Table, columns: Sequence[str], there: Table, to_columns: Sequence[str]) -> bool:
    return all(
        old in here.schema and new in there.schema and here.schema[old] == there.schema[new]
        for old, new in zip(columns, to_columns, strict=True)
    )
