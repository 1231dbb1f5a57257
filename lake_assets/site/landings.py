"""What came of every dataset, from `governance.processed_files`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from lake_assets.model import LandingOutcome
from lake_assets.site.facts import LandedName, Landing
from lake_assets.storage.table import Table

__all__ = ["read_landings", "read_names"]

_SHOWN = 5


def read_landings(files: Table | None) -> dict[str, Landing]:
    """Count the files of each dataset, and name the last that came.

    Args:
        files: `governance.processed_files`; None where it is not there.
    """
    if files is None:
        return {}
    is_landed = pl.col("outcome") == LandingOutcome.LANDED.value
    counted = (
        files.scan()
        .group_by("dataset")
        .agg(
            landed=is_landed.sum(),
            duplicates=(~is_landed).sum(),
            size_bytes=pl.col("size_bytes").filter(is_landed).sum(),
            last_seen=pl.col("ingested_at").max(),
        )
    )
    newest = _newest(files.scan())
    rows = counted.collect(engine="streaming").iter_rows(named=True)
    return {row["dataset"]: _landing(row, newest.get(row["dataset"], [])) for row in rows}


def read_names(files: Table | None, file_ids: Collection[int]) -> dict[int, str]:
    """What some landed files are called, by their ids.

    Args:
        files: `governance.processed_files`; None where it is not there.
        file_ids: Which.
    """
    if files is None or not file_ids:
        return {}
    named = files.scan().filter(pl.col("file_id").is_in(list(file_ids))).select("file_id", "name")
    return dict(named.collect(engine="streaming").iter_rows())


def _newest(files: pl.LazyFrame) -> dict[str, list[LandedName]]:
    age = pl.col("file_id").rank("ordinal", descending=True).over("dataset")
    kept = files.select("dataset", "file_id").filter(age <= _SHOWN)
    named = files.select("dataset", "file_id", "name", "size_bytes", "ingested_at", "outcome")
    rows = named.join(kept, on=["dataset", "file_id"], how="semi").sort("file_id", descending=True)
    found: dict[str, list[LandedName]] = {}
    for dataset, _, *facts in rows.collect(engine="streaming").iter_rows():
        found.setdefault(dataset, []).append(LandedName(*facts))
    return found


def _landing(row: Mapping[str, Any], newest: list[LandedName]) -> Landing:
    counts = {name: row[name] or 0 for name in ("landed", "duplicates", "size_bytes")}
    return Landing(**counts, last_seen=row["last_seen"], newest=tuple(newest))
