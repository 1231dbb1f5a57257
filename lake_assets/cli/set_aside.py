"""What is in quarantine, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from lake_assets.model import Zone
from lake_assets.storage.table import find_table
from lake_assets.zones.quarantine import all_rows

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["set_aside_of"]

_NO_RECORD = "not shown: the dataset has personal columns"
_SAMPLED = ["_file", "_row", "stage", "rules", "reason", "record", "run_id", "quarantined_at"]


def set_aside_of(lake: Lake, names: Sequence[str], sample_rows: int) -> dict[str, list[dict[str, Any]]]:
    """Sum up what is set aside.

    Args:
        lake: The lake.
        names: Of datasets.
        sample_rows: How many rows to show of each; none of their history either when 0.

    Returns:
        `rules`: rows by dataset, stage and rule, a row that breaks two counted under both; `sample`: the newest rows;
        `taken_back`: how many rows which replay took back.
    """
    found: dict[str, list[dict[str, Any]]] = {"rules": [], "sample": [], "taken_back": []}
    for name in names:
        dataset = lake.declarations.dataset(name)
        rows = all_rows(find_table(lake.root, dataset.table(Zone.QUARANTINE)))
        is_open = pl.col("readmitted_at").is_null()
        found["rules"] += _by_rule(name, rows.filter(is_open))
        if sample_rows:
            hidden = any(column.is_personal for column in dataset.mapping.columns)
            found["sample"] += _sample(rows.filter(is_open), sample_rows, hidden=hidden)
            found["taken_back"] += _taken_back(rows.filter(~is_open))
    return found


def _by_rule(name: str, rows: pl.LazyFrame) -> list[dict[str, Any]]:
    counted = (
        rows.explode("rules")
        .group_by(pl.lit(name).alias("dataset"), "stage", pl.col("rules").alias("rule"))
        .agg(rows=pl.len(), files=pl.col("_file").n_unique(), since=pl.col("quarantined_at").min())
    )
    return counted.sort("stage", "rule").collect(engine="streaming").to_dicts()


def _sample(rows: pl.LazyFrame, count: int, *, hidden: bool) -> list[dict[str, Any]]:
    newest = rows.sort("quarantined_at", "_file", "_row", descending=[True, False, False]).head(count)
    shown = newest.with_columns(record=pl.lit(_NO_RECORD)) if hidden else newest
    return shown.select(_SAMPLED).collect(engine="streaming").to_dicts()


def _taken_back(rows: pl.LazyFrame) -> list[dict[str, Any]]:
    replays = rows.group_by(
        at=pl.col("readmitted_at"), run_id=pl.col("readmitted_by"), why=pl.col("readmitted_why")
    ).agg(rows=pl.len())
    return replays.sort("at").collect(engine="streaming").to_dicts()
