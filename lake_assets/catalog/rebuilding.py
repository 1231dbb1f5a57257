"""Artefacts made again: from commits, from persistent landing, from what was recorded of declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lake_assets.catalog.artefact import Artefact, ArtefactKind
from lake_assets.catalog.artefacts import ARTEFACTS
from lake_assets.catalog.declared import Definition
from lake_assets.catalog.landed import landed_files
from lake_assets.catalog.recording import record
from lake_assets.declarations import Declarations
from lake_assets.errors import StorageError
from lake_assets.governance.mending_files import restore
from lake_assets.governance.processed_files import every_file
from lake_assets.governance.runs import RUNS, record_runs
from lake_assets.governance.schema_drift import SCHEMA_DRIFT, record_drift
from lake_assets.model import Run, TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["rebuild", "rebuilt_artefacts"]

_ZONES = (Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION)
_WHY_NOT = {
    ArtefactKind.PEOPLE: "what people decided, what was declared before and what was erased stands nowhere else",
    ArtefactKind.LOG: "what it tells of is gone, or stands nowhere else",
    ArtefactKind.DEFINITION: "it is written by another step",
}


def rebuilt_artefacts(chosen: Artefact | None = None) -> Sequence[Artefact]:
    """What can be made again, in the order in which it must be; or one artefact, if it can.

    Raises:
        StorageError: When the chosen one cannot be made again.
    """
    able = [each for each in ARTEFACTS if each.made_from]
    first = sorted(able, key=lambda each: each.name not in {"processed_files", RUNS.name, SCHEMA_DRIFT.name})
    if chosen is None:
        return first
    if chosen not in able:
        why = "the analysis backbone fills it" if chosen.is_waiting else _WHY_NOT[chosen.kind]
        mend = f"restore the folder {chosen.ref.path} from a copy; it is left as it is"
        raise StorageError(
            f"{chosen.ref} cannot be made again: {why}", place=f"table {chosen.ref}", mend=mend
        )
    return [chosen]


def rebuild(
    root: LakeRoot,
    declarations: Declarations,
    definitions: Sequence[Definition],
    run: Run,
    artefacts: Sequence[Artefact],
) -> None:
    """Make artefacts again, whether they are there or not.

    Args:
        root: The lake.
        declarations: What is declared.
        definitions: The same, for the record.
        run: The run.
        artefacts: See `rebuilt_artefacts`.
    """
    for artefact in artefacts:
        _MAKERS.get(artefact.name, _forget)(root, declarations, artefact)
    record(root, definitions, run, is_anew=True)


def _forget(root: LakeRoot, _declarations: Declarations, artefact: Artefact) -> None:
    """Delete what the next recording makes again."""
    root.files.delete_folder(artefact.ref.path)


def _files(root: LakeRoot, _declarations: Declarations, artefact: Artefact) -> None:
    table = find_table(root, artefact.ref)
    rows = landed_files(root, every_file(root))
    if rows or table is not None:
        restore(root, rows)


def _runs(root: LakeRoot, declarations: Declarations, artefact: Artefact) -> None:
    _forget(root, declarations, artefact)
    for table in _zone_tables(root, _ZONES):
        record_runs(table)


def _drift(root: LakeRoot, declarations: Declarations, artefact: Artefact) -> None:
    _forget(root, declarations, artefact)
    datasets = {each.name: each for each in declarations.datasets}
    for table in _zone_tables(root, [Zone.FORMATTED]):
        if table.ref.name in datasets:
            record_drift(table, datasets[table.ref.name])


def _zone_tables(root: LakeRoot, zones: Sequence[Zone]) -> Iterator[Table]:
    refs = [TableRef(zone, name) for zone in zones for name in sorted(root.files.folders(zone.value))]
    yield from (table for ref in refs if (table := find_table(root, ref)) is not None)


_MAKERS: dict[str, Callable[[LakeRoot, Declarations, Artefact], None]] = {
    "processed_files": _files,
    RUNS.name: _runs,
    SCHEMA_DRIFT.name: _drift,
}
