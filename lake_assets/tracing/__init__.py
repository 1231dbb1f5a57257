"""A row back to the record it was made of, and why a row, a rejection or a column is as it is."""

from lake_assets.tracing.declared_by import DeclarationChange
from lake_assets.tracing.reasons import BrokenRule, ColumnReason, ColumnRule, Fate, RowReason
from lake_assets.tracing.results import Contribution, Exactness, Making, RowTrace
from lake_assets.tracing.steps import (
    CellChange,
    CleaningTaken,
    CommitFacts,
    Decoding,
    Judging,
    LandedRecord,
    MappedColumn,
    RuleOutcome,
    SetAside,
)
from lake_assets.tracing.trace import trace
from lake_assets.tracing.why_column import why_column
from lake_assets.tracing.why_row import why_rows

__all__ = [
    "BrokenRule",
    "CellChange",
    "CleaningTaken",
    "ColumnReason",
    "ColumnRule",
    "CommitFacts",
    "Contribution",
    "DeclarationChange",
    "Decoding",
    "Exactness",
    "Fate",
    "Judging",
    "LandedRecord",
    "Making",
    "MappedColumn",
    "RowReason",
    "RowTrace",
    "RuleOutcome",
    "SetAside",
    "trace",
    "why_column",
    "why_rows",
]
