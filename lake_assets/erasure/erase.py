"""Erase a person: found, counted, taken out of every zone, looked for again, and recorded without saying of whom.

Every step can be repeated. What was found is remembered by file and record number before anything is changed, so an
erasure that dies is finished by the next one that is asked for the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import Protocol
from uuid import uuid4

from lake_assets.declarations import Declarations
from lake_assets.erasure.concerned import concerned_tables, tables_of
from lake_assets.erasure.copies import copies_that_go
from lake_assets.erasure.events import mask_events
from lake_assets.erasure.landing import clear_orphans, mend_file, plan_files
from lake_assets.erasure.logs import clear_past
from lake_assets.erasure.original import ROUGH
from lake_assets.erasure.outcome import OVERWRITTEN, Erasure, Touched, as_touched, summed
from lake_assets.erasure.places import Found, find
from lake_assets.erasure.proof import Proof, Remains, prove
from lake_assets.erasure.registry import refuse_unregistered, renew_registry
from lake_assets.erasure.subject import Subject
from lake_assets.erasure.tables import all_tables, delete_rows, mask_cells
from lake_assets.erasure.words import Words
from lake_assets.errors import LakeError, SettingsError
from lake_assets.governance.decisions import Decision, record_decision
from lake_assets.governance.erasures import ERASURE, record_erased_places, unfinished_places
from lake_assets.governance.runs import record_runs
from lake_assets.model import Run, StepReport, TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.note import note_of

__all__ = ["Flow", "erase"]


class Flow(Protocol):
    """What the rest of the lake does for an erasure."""

    def site(self) -> Sequence[str]:
        """The files of the site that is kept under the root, the list that names them last."""
        ...

    def take_in(self) -> list[tuple[TableRef, LakeError]]:
        """Land, format and trust what waits in temporary landing; says what could not be done, and of which table."""
        ...

    def derive(self) -> list[tuple[TableRef, LakeError]]:
        """Make anew what is made of other tables: child tables, then exploitation tables; says as `take_in` does."""
        ...


def erase(
    root: LakeRoot, declarations: Declarations, subject: Subject, run: Run, flow: Flow, why: str, who: str
) -> Erasure:
    """Erase a person, and prove it. No other run may go on meanwhile.

    Args:
        root: The lake.
        declarations: Of the lake.
        subject: The person.
        run: The run, for the record.
        flow: What the rest of the lake does.
        why: Why, for the record.
        who: Who decides, for the record.

    Raises:
        SettingsError: When what is said for the record holds the value, or the key of a pseudonym is missing.
        StorageError: When files have landed and nothing is known of them, or the list of a site cannot be read.
    """
    if Words([subject.value]).are_in(f"{why} {who}"):
        what = "what is said for the record holds the value that is to be erased"
        raise SettingsError(
            what, place="--why, --who", mend="name a ticket or a reason instead of the person"
        )
    refuse_unregistered(root)
    site = flow.site()
    failures = [error for ref, error in flow.take_in() if ref.name in subject.columns]
    found = find(root, declarations, subject)
    begun = unfinished_places(root)
    erasure_id = begun["erasure_id"][-1] if begun.height else uuid4().hex
    for name, places in found.records.items():
        record_erased_places(root, name, places, erasure_id, datetime.now(UTC))
    touched = [*_act(root, declarations, found, run, erasure_id)]
    concerned = concerned_tables(declarations, found)
    failures += [error for ref, error in flow.derive() if ref in concerned]
    touched += _mask_and_forget(root, declarations, found, run, erasure_id)
    touched += _beside_tables(root, site, found, is_concerned=bool(found.count or summed(touched)))
    _sweep(root, declarations, found)
    proof = _proved(root, declarations, subject, found)
    done = Erasure(erasure_id, found.count, summed(touched), proof, bool(found.words), tuple(failures))
    if failures or proof.remains or not (done.records or done.touched):
        return done
    decision = record_decision(root, _decision(done, why, who))
    return replace(done, decision_id=decision.decision_id)


def _noting(run: Run, erasure_id: str) -> Callable[[TableRef], dict[str, object]]:
    return lambda ref: {
        **note_of(run, StepReport(ref.zone, ref.name), {}),
        "erasure": erasure_id,
    }


def _act(
    root: LakeRoot, declarations: Declarations, found: Found, run: Run, erasure_id: str
) -> Iterator[Touched]:
    """Files first: where the rows are gone, nothing says any more how the person is written in them."""
    note = _noting(run, erasure_id)
    for redaction in plan_files(root, declarations, found):
        mend_file(root, redaction, found, erasure_id)
        yield as_touched(redaction)
    for dataset in declarations.datasets:
        for each, zone in tables_of(dataset):
            ref, records = each.table(zone), found.records[dataset.name]
            yield Touched(str(ref), "rows deleted", delete_rows(root, each, zone, records, note(ref)))
            yield Touched(str(ref), OVERWRITTEN, mask_cells(root, ref, found.words, note(ref)))
            _log(root, ref)


def _log(root: LakeRoot, ref: TableRef) -> None:
    table = find_table(root, ref) if ref.zone in {Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION} else None
    if table is not None:
        record_runs(table)


def _mask_and_forget(
    root: LakeRoot, declarations: Declarations, found: Found, run: Run, erasure_id: str
) -> Iterator[Touched]:
    note = _noting(run, erasure_id)
    concerned = concerned_tables(declarations, found)
    held = {remains.path for remains in prove(root, found.words).remains}
    for ref in all_tables(root):
        rows = mask_cells(root, ref, found.words, note(ref))
        if rows:
            _log(root, ref)
        yield Touched(str(ref), OVERWRITTEN, rows)
        if rows or ref in concerned or any(path.startswith(f"{ref.path}/") for path in held):
            table = find_table(root, ref)
            clear_past(root, ref, found.words)
            yield Touched(str(ref), "older versions given up", table.version if table else 0)


def _beside_tables(
    root: LakeRoot, site: Sequence[str], found: Found, *, is_concerned: bool
) -> Iterator[Touched]:
    """What tells of the tables and is none: notes of landed files, events, the search index, the site."""
    renew_registry(root, found.words, is_concerned=is_concerned)
    yield from mask_events(root, found.words)
    for copy in copies_that_go(root, site, found.words, is_concerned=is_concerned):
        copy.delete()
        yield copy.touched


def _proved(root: LakeRoot, declarations: Declarations, subject: Subject, found: Found) -> Proof:
    """The search of all files, of what comes out of landed ones, and of the columns that may hold the value."""
    proof, again = prove(root, found.words), find(root, declarations, subject)
    landed = tuple(Remains(each.file.path, "its records") for each in plan_files(root, declarations, again))
    left = tuple(
        Remains(str(TableRef(Zone.FORMATTED, name)), f"{count} rows")
        for name, count in again.there.items()
        if count
    )
    return replace(proof, remains=(*proof.remains, *landed, *left))


def _sweep(root: LakeRoot, declarations: Declarations, found: Found) -> None:
    """Clear away what belongs to no table: half-written files, bytes no row points to, fetched files that wait."""
    clear_orphans(root, declarations)
    if root.is_local:
        for path in Path(root.uri).rglob("*.lake-part"):
            path.unlink(missing_ok=True)
        for folder in Path(root.uri).glob(f"{ROUGH}*"):
            rmtree(folder)
    for each in prove(root, found.words, Zone.TEMPORARY_LANDING.value).remains:
        root.files.delete_folder(each.path.rpartition("/")[0])


def _decision(done: Erasure, why: str, who: str) -> Decision:
    files = sum(each.count for each in done.touched if each.what.startswith("files"))
    decided = f"erased: {done.records} records, {files} landed files"
    return Decision(ERASURE, "", "", done.erasure_id, decided, why, who, datetime.now(UTC))
