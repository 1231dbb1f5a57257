"""Governance brought up to what the lake is: at the end of every run, cheaply where nothing changed."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.catalog.analysis_artefacts import ANALYSIS
from lake_assets.catalog.artefact import Artefact
from lake_assets.catalog.declared import Definition
from lake_assets.catalog.definition_artefacts import DEFINED, DEFINITIONS
from lake_assets.catalog.definitions import acknowledge, is_known, record_definitions
from lake_assets.catalog.derived import derive
from lake_assets.catalog.flows import record_flows
from lake_assets.catalog.sources_log import record_sources
from lake_assets.errors import StorageError
from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.governance.runs import RUNS
from lake_assets.model import Run, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["record"]


def record(root: LakeRoot, definitions: Sequence[Definition], run: Run, *, is_anew: bool = False) -> None:
    """Bring every artefact that follows from declarations and commits up to them.

    Whatever a run that died left undone is made up for; nothing is recorded twice.

    Args:
        root: The lake.
        definitions: Everything that is declared.
        run: The run that sees it.
        is_anew: Whether tables may be lacking though all that is declared is on record.

    Raises:
        StorageError: When what was declared before is lost; see `governance.definitions`.
    """
    there = set(root.files.folders(Zone.GOVERNANCE.value))
    known = find_table(root, DEFINITIONS.ref) if DEFINITIONS.name in there else None
    _refuse_lost(known, there)
    files = find_table(root, PROCESSED_FILES)
    is_whole = {each.name for each in (*DEFINED, *ANALYSIS)} <= there
    if is_known(known, definitions) and is_whole and not is_anew:
        if known is not None:
            record_sources(known, files)
    else:
        _make(root, definitions, run, files, there)
    runs = find_table(root, RUNS)
    if runs is not None:
        record_flows(runs)


def _refuse_lost(known: Table | None, there: set[str]) -> None:
    """Refuse to begin anew where that would close what tables of definitions know of earlier times."""
    left = sorted(each.name for each in DEFINED if each.name in there)
    if known is None and left:
        what = f"{DEFINITIONS.ref} is gone, though {', '.join(left)} are made of it"
        mend = f"restore {DEFINITIONS.ref.path} from a copy; to begin anew, move these tables away"
        raise StorageError(what, place=f"table {DEFINITIONS.ref}", mend=mend)


def _make(
    root: LakeRoot, definitions: Sequence[Definition], run: Run, files: Table | None, there: set[str]
) -> None:
    recorded = record_definitions(root, definitions, run)
    if recorded is None:
        return
    for artefact in DEFINED:
        derive(recorded, artefact)
    record_sources(recorded, files)
    for artefact in (each for each in ANALYSIS if each.name not in there):
        _lay_out(root, artefact)
    acknowledge(root, definitions)


def _lay_out(root: LakeRoot, artefact: Artefact) -> None:
    """Make the table of an artefact that is filled later."""

    def decide(table: Table | None) -> Change | None:
        return Change(artefact.schema, column_notes=artefact.column_notes) if table is None else None

    commit(root, artefact.ref, decide)
