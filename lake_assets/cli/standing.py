"""How each dataset stands: what has come in, what waits on its way, which rules stand broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.model import Dataset, LandingOutcome, TableRef, Verdict, Zone
from lake_assets.storage.table import find_table
from lake_assets.zones.formatted import LANDING
from lake_assets.zones.quarantine import open_count
from lake_assets.zones.temporary_landing import MANIFEST, batch_folder
from lake_assets.zones.trusted import standing_verdicts

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["DatasetStanding", "breaches", "dataset_standings"]


@dataclass(frozen=True)
class _Files:
    """What processed files know of a dataset.

    Args:
        landed: Versions in persistent landing.
        duplicates: Files that repeated one of them.
        last_ingested_at: When the newest of either came, UTC.
        not_formatted: Landed files that wait to be formatted.
        not_trusted: Formatted files that wait to be judged.
    """

    landed: int = 0
    duplicates: int = 0
    last_ingested_at: datetime | None = None
    not_formatted: int = 0
    not_trusted: int = 0


@dataclass(frozen=True)
class DatasetStanding:
    """How a dataset stands.

    Args:
        source: Its source.
        dataset: Its name.
        rows_formatted: Rows of its formatted table; None when it is not there.
        rows_trusted: Rows of its trusted table; None when it is not there.
        rows_quarantined: Rows set aside on the way to either, and not taken back.
        files_fetched: Files that wait in temporary landing.
        files: What processed files know of it.
    """

    source: str
    dataset: str
    rows_formatted: int | None
    rows_trusted: int | None
    rows_quarantined: int
    files_fetched: int
    files: _Files = field(default_factory=_Files)


def dataset_standings(lake: Lake) -> list[DatasetStanding]:
    """Read how each declared dataset stands, from registries and transaction logs; its rows are not read."""
    files = _files_by_dataset(lake)
    return [
        _standing(lake, dataset, files.get(dataset.name, _Files())) for dataset in lake.declarations.tables
    ]


def _standing(lake: Lake, dataset: Dataset, files: _Files) -> DatasetStanding:
    rows = {zone: _rows(lake, dataset.table(zone)) for zone in (Zone.FORMATTED, Zone.TRUSTED)}
    return DatasetStanding(
        source=dataset.source,
        dataset=dataset.name,
        rows_formatted=rows[Zone.FORMATTED],
        rows_trusted=rows[Zone.TRUSTED],
        rows_quarantined=open_count(find_table(lake.root, dataset.table(Zone.QUARANTINE))),
        files_fetched=_files_fetched(lake, dataset),
        files=files,
    )


def _rows(lake: Lake, ref: TableRef) -> int | None:
    table = find_table(lake.root, ref)
    return table.row_count if table else None


def _files_fetched(lake: Lake, dataset: Dataset) -> int:
    """Count the files of finished batches; those of a batch under way are not there yet."""
    parts = [entry.path.rpartition("/") for entry in lake.root.files.list(batch_folder(dataset))]
    finished = {folder for folder, _, name in parts if name == MANIFEST}
    return sum(folder in finished and name != MANIFEST for folder, _, name in parts)


def breaches(lake: Lake) -> list[tuple[TableRef, Verdict]]:
    """The verdicts that stand against trusted and exploitation tables, in the order of the flow."""
    trusted = [dataset.table(Zone.TRUSTED) for dataset in lake.declarations.tables]
    refs = [*trusted, *(each.target for each in lake.declarations.transformations)]
    return [(ref, each) for ref in refs for each in standing_verdicts(lake.root, ref) if not each.is_kept]


def _files_by_dataset(lake: Lake) -> dict[str, _Files]:
    """Count the processed files of each dataset, in one pass over them."""
    table = find_table(lake.root, PROCESSED_FILES)
    if table is None:
        return {}
    is_landed = pl.col("outcome") == LandingOutcome.LANDED.value
    is_formatted = pl.col("file_id") <= pl.col("formatted_until")
    counts = {
        "landed": is_landed.sum(),
        "duplicates": (~is_landed).sum(),
        "last_ingested_at": pl.col("ingested_at").max(),
        "not_formatted": (is_landed & ~is_formatted).sum(),
        "not_trusted": (is_landed & is_formatted & (pl.col("file_id") > pl.col("trusted_until"))).sum(),
    }
    files = table.scan().join(_positions(lake), on="dataset").group_by("dataset").agg(**counts)
    return {
        row.pop("dataset"): _Files(**row) for row in files.collect(engine="streaming").iter_rows(named=True)
    }


def _positions(lake: Lake) -> pl.LazyFrame:
    """Up to which landed file each zone has come, one row for each dataset."""
    rows = [
        {
            "dataset": dataset.name,
            "formatted_until": _consumed(lake, dataset.table(Zone.FORMATTED), LANDING),
            "trusted_until": _consumed(lake, dataset.table(Zone.TRUSTED), str(dataset.table(Zone.FORMATTED))),
        }
        for dataset in lake.declarations.datasets
    ]
    return pl.LazyFrame(
        rows, schema={"dataset": pl.String, "formatted_until": pl.Int64, "trusted_until": pl.Int64}
    )


def _consumed(lake: Lake, ref: TableRef, input_name: str) -> int:
    table = find_table(lake.root, ref)
    return (table.consumed(input_name) if table else None) or 0
