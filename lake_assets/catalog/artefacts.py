"""Every artefact of governance, in the order of the domain; those beside the sixteen come last."""

from __future__ import annotations

from lake_assets.catalog.analysis_artefacts import ANALYSIS
from lake_assets.catalog.artefact import Artefact, ArtefactKind
from lake_assets.catalog.definition_artefacts import (
    DATA_COLLECTORS,
    DEFINITIONS,
    QUALITY_RULES,
    TARGETS,
    VOCABULARY,
)
from lake_assets.catalog.log_artefacts import (
    DATA_SOURCES,
    EXPOSED_INSTANCES,
    PROCESSED_ELEMENTS,
    PROCESSED_INSTANCES,
)
from lake_assets.catalog.logs_beside import LOGS_BESIDE
from lake_assets.errors import UnknownTableError, near_names
from lake_assets.governance.decisions import DECISIONS, DECISIONS_COLUMNS
from lake_assets.governance.mappings import MAPPINGS, MAPPINGS_COLUMNS
from lake_assets.governance.processed_files import PROCESSED_FILES, PROCESSED_FILES_COLUMNS
from lake_assets.governance.runs import RUNS, RUNS_COLUMNS
from lake_assets.governance.schema_drift import SCHEMA_DRIFT, SCHEMA_DRIFT_COLUMNS
from lake_assets.profiles import PROFILES, PROFILES_COLUMNS

__all__ = ["ARTEFACTS", "artefact_of"]

_PROCESSED_FILES = Artefact(
    PROCESSED_FILES.name,
    "Processed files",
    ArtefactKind.LOG,
    "Every file version that ever came in: source, dataset, hash, size, what became of it.",
    number=3,
    made_from="persistent landing and the notes beside its files",
    columns_of_writer=PROCESSED_FILES_COLUMNS,
)
_MAPPINGS = Artefact(
    MAPPINGS.name,
    "Mappings",
    ArtefactKind.DEFINITION,
    "Which columns become which between two consecutive zones: the lineage of columns.",
    number=4,
    columns_of_writer=MAPPINGS_COLUMNS,
)
_RUNS = Artefact(
    RUNS.name,
    "Runs",
    ArtefactKind.LOG,
    "Every commit of a zone: run, code, inputs, rows, verdicts.",
    made_from="the commits of the zones",
    columns_of_writer=RUNS_COLUMNS,
)
_SCHEMA_DRIFT = Artefact(
    SCHEMA_DRIFT.name,
    "Schema drift",
    ArtefactKind.LOG,
    "Every element that came other than the mapping knew it, and what came of it.",
    made_from="the commits of the formatted zone",
    columns_of_writer=SCHEMA_DRIFT_COLUMNS,
)
_DECISIONS = Artefact(
    DECISIONS.name,
    "Decisions",
    ArtefactKind.PEOPLE,
    "What people decided that a program must not: who, what, why, and what it takes the place of.",
    columns_of_writer=DECISIONS_COLUMNS,
)
_PROFILES = Artefact(
    PROFILES.name,
    "Profiles",
    ArtefactKind.LOG,
    "What each version of a table held, column by column, and what drifted.",
    columns_of_writer=PROFILES_COLUMNS,
)

ARTEFACTS = (
    DATA_COLLECTORS,
    DATA_SOURCES,
    _PROCESSED_FILES,
    _MAPPINGS,
    PROCESSED_ELEMENTS,
    PROCESSED_INSTANCES,
    QUALITY_RULES,
    EXPOSED_INSTANCES,
    TARGETS,
    VOCABULARY,
    *ANALYSIS,
    _DECISIONS,
    DEFINITIONS,
    _RUNS,
    _SCHEMA_DRIFT,
    _PROFILES,
    *LOGS_BESIDE,
)


def artefact_of(name: str) -> Artefact:
    """An artefact by the name of its table.

    Raises:
        UnknownTableError: When none has that name.
    """
    known = {each.name: each for each in ARTEFACTS}
    chosen = name.removeprefix("governance.")
    if chosen not in known:
        raise UnknownTableError(f"no artefact is named {name!r}", mend=near_names(chosen, known))
    return known[chosen]
