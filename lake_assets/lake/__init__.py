"""The lake as a library, without Dagster."""

from lake_assets.lake.contract import contract_of
from lake_assets.lake.docs import write_docs
from lake_assets.lake.erasing import erase_subject, look_for_subject
from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest, referenced_tables
from lake_assets.lake.lake import Lake, TableSummary
from lake_assets.lake.profiling import profile_of, profile_tables, profiled_tables
from lake_assets.lake.steps import Steps

__all__ = [
    "Failure",
    "IngestReport",
    "Lake",
    "Steps",
    "TableSummary",
    "Watcher",
    "contract_of",
    "erase_subject",
    "ingest",
    "look_for_subject",
    "profile_of",
    "profile_tables",
    "profiled_tables",
    "referenced_tables",
    "write_docs",
]
