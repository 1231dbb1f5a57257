"""Two lakes compared row by row; which id a landed file has may differ, which file it is may not."""

from __future__ import annotations

import polars as pl

from lake_assets.model import PROVENANCE, Zone
from lake_assets_tests.flow.a_lake import ALake

COMPARED = (Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION, Zone.QUARANTINE)
_OF_THE_RUN = ["run_id", "quarantined_at"]


def contents(a_lake: ALake) -> dict[str, pl.DataFrame]:
    """The rows of every table in a fixed order, each with the name and hash of its landed file."""
    refs = [summary.ref for summary in a_lake.lake.tables() if summary.ref.zone in COMPARED]
    files = a_lake.frame("governance.processed_files").select(
        pl.col("file_id").alias(PROVENANCE[0]), "name", "sha256"
    )
    return {str(ref): _comparable(a_lake.frame(str(ref)), files) for ref in refs}


def _comparable(frame: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    if PROVENANCE[0] in frame.columns:
        frame = frame.join(files, on=PROVENANCE[0], how="left", suffix="_of_file").drop(PROVENANCE[0])
    frame = frame.drop(_OF_THE_RUN, strict=False).with_columns(pl.col(pl.List(pl.String)).list.join(","))
    return frame.select(sorted(frame.columns)).sort(pl.all().cast(pl.String))


def landed(a_lake: ALake) -> list[tuple[object, ...]]:
    """What processed files say, without ids, times and runs."""
    return sorted(a_lake.rows("governance.processed_files", "dataset", "origin", "name", "sha256", "outcome"))
