"""Frozen values that every room speaks of; no input or output here."""

from lake_assets.model.alert import Alert, AlertKind, AlertRoute
from lake_assets.model.cleaning import EVERY_TEXT, Cleaned, CleaningStep
from lake_assets.model.dataset import Dataset, Deletions, Options, Place, Source, WriteMode
from lake_assets.model.drift import Drift, DriftKind
from lake_assets.model.duration import DURATION_PATTERN, read_duration, spell_duration
from lake_assets.model.effort import Effort
from lake_assets.model.landed_file import Arrival, FetchedFile, LandedFile, LandingOutcome
from lake_assets.model.layouts import (
    ISO,
    NumberLayout,
    check_layout,
    number_layout,
    time_layouts,
    truth_words,
)
from lake_assets.model.lineage import ALL_ROWS, ColumnRef, Dependency, TableLineage, Way
from lake_assets.model.mapping import POSITION, PROVENANCE, RESCUED, Column, ColumnType, DriftPolicy, Mapping
from lake_assets.model.rule import Rule, RuleValue, Severity, Verdict
from lake_assets.model.run import Run, StepReport
from lake_assets.model.step_cost import StepCost
from lake_assets.model.table_ref import TableRef
from lake_assets.model.term import BoundColumn, Term
from lake_assets.model.transformation import Transformation
from lake_assets.model.zone import Zone

__all__ = [
    "ALL_ROWS",
    "DURATION_PATTERN",
    "EVERY_TEXT",
    "ISO",
    "POSITION",
    "PROVENANCE",
    "RESCUED",
    "Alert",
    "AlertKind",
    "AlertRoute",
    "Arrival",
    "BoundColumn",
    "Cleaned",
    "CleaningStep",
    "Column",
    "ColumnRef",
    "ColumnType",
    "Dataset",
    "Deletions",
    "Dependency",
    "Drift",
    "DriftKind",
    "DriftPolicy",
    "Effort",
    "FetchedFile",
    "LandedFile",
    "LandingOutcome",
    "Mapping",
    "NumberLayout",
    "Options",
    "Place",
    "Rule",
    "RuleValue",
    "Run",
    "Severity",
    "Source",
    "StepCost",
    "StepReport",
    "TableLineage",
    "TableRef",
    "Term",
    "Transformation",
    "Verdict",
    "Way",
    "WriteMode",
    "Zone",
    "check_layout",
    "number_layout",
    "read_duration",
    "spell_duration",
    "time_layouts",
    "truth_words",
]
