"""The lake as a library, without Dagster."""

from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest, referenced_tables
from lake_assets.lake.lake import Lake, TableSummary
from lake_assets.lake.steps import Steps

__all__ = [
    "Failure",
    "IngestReport",
    "Lake",
    "Steps",
    "TableSummary",
    "Watcher",
    "ingest",
    "referenced_tables",
]
