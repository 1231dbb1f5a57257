"""What is in quarantine, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from lake_assets.governance.processed_files import all_files
from lake_assets.model import Dataset, Zone
from lake_assets.storage.table import find_table
from lake_assets.zones.quarantine import all_rows
from lake_assets.zones.quarantine_counts import count_by_rule

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
        table = find_table(lake.root, dataset.table(Zone.QUARANTINE))
        rows = all_rows(table)
        is_open = pl.col("readmitted_at").is_null()
        found["rules"] += [{"dataset": name, **row} for row in count_by_rule(table).to_dicts()]
        if sample_rows:
            hidden = any(column.is_personal for column in dataset.mapping.columns)
            sampled = _sample(rows.filter(is_open), sample_rows, hidden=hidden)
            found["sample"] += _with_file_names(lake, dataset, sampled)
            found["taken_back"] += _taken_back(rows.filter(~is_open))
    return found


def _sample(rows: pl.LazyFrame, count: int, *, hidden: bool) -> list[dict[str, Any]]:
    newest = rows.sort("quarantined_at", "_file", "_row", descending=[True, False, False]).head(count)
    shown = newest.with_columns(record=pl.lit(_NO_RECORD)) if hidden else newest
    return shown.select(_SAMPLED).collect(engine="streaming").to_dicts()


def _with_file_names(lake: Lake, dataset: Dataset, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with what its file is called."""
    names = {file.file_id: file.name for file in all_files(lake.root, dataset)} if rows else {}
    return [{"file": names.get(row["_file"], ""), **row} for row in rows]


def _taken_back(rows: pl.LazyFrame) -> list[dict[str, Any]]:
    replays = rows.group_by(
        at=pl.col("readmitted_at"), run_id=pl.col("readmitted_by"), why=pl.col("readmitted_why")
    ).agg(rows=pl.len())
    return replays.sort("at").collect(engine="streaming").to_dicts()
