"""How much is set aside, by the rule that is broken."""

from __future__ import annotations

import polars as pl

from lake_assets.storage.table import Table
from lake_assets.zones.quarantine import all_rows

__all__ = ["count_by_rule"]


def count_by_rule(quarantine: Table | None) -> pl.DataFrame:
    """Rows that are set aside and were not taken back; one that breaks two rules counts under both.

    Args:
        quarantine: The quarantine of a dataset; None when it is not there.

    Returns:
        `stage`, `rule`, `rows`, `files`, `since`, in the order of stage and rule.
    """
    rows = all_rows(quarantine).filter(pl.col("readmitted_at").is_null()).explode("rules")
    counted = rows.group_by("stage", pl.col("rules").alias("rule")).agg(
        rows=pl.len(), files=pl.col("_file").n_unique(), since=pl.col("quarantined_at").min()
    )
    return counted.sort("stage", "rule").collect(engine="streaming")
