"""Logs that other rooms keep beside the artefacts: what steps cost, which alerts were told, what was erased."""

from __future__ import annotations

from lake_assets.catalog.artefact import Artefact, ArtefactKind
from lake_assets.governance.alerts import ALERTS, ALERTS_COLUMNS
from lake_assets.governance.erasures import (
    ERASED_FILES,
    ERASED_FILES_COLUMNS,
    ERASED_RECORDS,
    ERASED_RECORDS_COLUMNS,
)
from lake_assets.governance.operations import OPERATIONS, OPERATIONS_COLUMNS

__all__ = ["LOGS_BESIDE", "TOLD_LAST"]

_OPERATIONS = Artefact(
    OPERATIONS.name,
    "Operations",
    ArtefactKind.LOG,
    "What each step cost that changed a table or landed files, and each step that failed.",
    columns_of_writer=OPERATIONS_COLUMNS,
)
_ALERTS = Artefact(
    ALERTS.name,
    "Alerts",
    ArtefactKind.LOG,
    "Every alert that was told, and that it was over.",
    columns_of_writer=ALERTS_COLUMNS,
)
_ERASED_RECORDS = Artefact(
    ERASED_RECORDS.name,
    "Erased records",
    ArtefactKind.PEOPLE,
    "Every record that was erased, or is to be, by its place; it keeps them gone when their file is decoded again.",
    columns_of_writer=ERASED_RECORDS_COLUMNS,
)
_ERASED_FILES = Artefact(
    ERASED_FILES.name,
    "Erased files",
    ArtefactKind.PEOPLE,
    "Every landed file whose bytes went with a person; it knows them when they are sent again.",
    columns_of_writer=ERASED_FILES_COLUMNS,
)

LOGS_BESIDE = (_OPERATIONS, _ALERTS, _ERASED_RECORDS, _ERASED_FILES)
"""They come after all others."""

TOLD_LAST = frozenset({OPERATIONS, ALERTS})
"""Those that are written at the very end of a run, when all others have been told."""
