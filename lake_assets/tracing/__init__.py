"""A row back to the record it was made of, and why a row, a rejection or a column is as it is."""

from lake_assets.tracing.results import (
    CellChange,
    CleaningTaken,
    CommitFacts,
    Contribution,
    Decoding,
    Exactness,
    Judging,
    LandedRecord,
    Making,
    MappedColumn,
    RowTrace,
    RuleOutcome,
    SetAside,
)
from lake_assets.tracing.trace import trace

__all__ = [
    "CellChange",
    "CleaningTaken",
    "CommitFacts",
    "Contribution",
    "Decoding",
    "Exactness",
    "Judging",
    "LandedRecord",
    "Making",
    "MappedColumn",
    "RowTrace",
    "RuleOutcome",
    "SetAside",
    "trace",
]
