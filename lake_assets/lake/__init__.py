"""The lake as a library, without Dagster."""

from lake_assets.lake.alerting import problems_of, tell_alerts
from lake_assets.lake.contract import contract_of
from lake_assets.lake.docs import write_docs
from lake_assets.lake.erasing import erase_subject, look_for_subject
from lake_assets.lake.freshness import Freshness, freshness_of
from lake_assets.lake.health import TableHealth, declared_tables, health_of, worst_first
from lake_assets.lake.health_text import HEALTH_HEADER, health_cells, health_markdown
from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest, referenced_tables
from lake_assets.lake.lake import Lake, TableSummary
from lake_assets.lake.operations import TableCosts, costs_of, operations_of, record_run
from lake_assets.lake.profiling import profile_of, profile_tables, profiled_tables
from lake_assets.lake.steps import Steps

__all__ = [
    "HEALTH_HEADER",
    "Failure",
    "Freshness",
    "IngestReport",
    "Lake",
    "Steps",
    "TableCosts",
    "TableHealth",
    "TableSummary",
    "Watcher",
    "contract_of",
    "costs_of",
    "declared_tables",
    "erase_subject",
    "freshness_of",
    "health_cells",
    "health_markdown",
    "health_of",
    "ingest",
    "look_for_subject",
    "operations_of",
    "problems_of",
    "profile_of",
    "profile_tables",
    "profiled_tables",
    "record_run",
    "referenced_tables",
    "tell_alerts",
    "worst_first",
    "write_docs",
]
