"""Erase a person: found, counted, taken out of every zone, looked for again, and recorded without saying of whom.

Every step can be repeated. What was found is remembered by file and record number before anything is changed, so an
erasure that dies is finished by the next one that is asked for the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from lake_assets.declarations import Declarations
from lake_assets.erasure.landing import Redaction, clear_orphans, mend_file, plan_files
from lake_assets.erasure.logs import clear_past
from lake_assets.erasure.places import Found, find
from lake_assets.erasure.proof import Proof, Remains, prove
from lake_assets.erasure.subject import Subject
from lake_assets.erasure.tables import all_tables, count_held, count_rows, delete_rows, mask_cells
from lake_assets.erasure.words import Words
from lake_assets.errors import LakeError, SettingsError
from lake_assets.governance.decisions import Decision, record_decision
from lake_assets.governance.erasures import ERASURE, record_erased_places, unfinished_places
from lake_assets.governance.runs import record_runs
from lake_assets.model import Dataset, Run, StepReport, TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.note import note_of

__all__ = ["Erasure", "Flow", "Touched", "erase", "look"]

_OVERWRITTEN = "rows in which the value is overwritten"
_BASE = (Zone.QUARANTINE, Zone.TRUSTED, Zone.FORMATTED)


class Flow(Protocol):
    """What the rest of the lake does for an erasure."""

    def take_in(self) -> list[tuple[TableRef, LakeError]]:
        """Land, format and trust what waits in temporary landing; says what could not be done, and of which table."""
        ...

    def derive(self) -> list[tuple[TableRef, LakeError]]:
        """Make anew what is made of other tables: child tables, then exploitation tables; says as `take_in` does."""
        ...


@dataclass(frozen=True)
class Touched:
    """Something that an erasure changes.

    Args:
        place: A table, or a dataset in persistent landing.
        what: What becomes of it.
        count: Of how many rows, records, files or versions.
    """

    place: str
    what: str
    count: int


@dataclass(frozen=True)
class Erasure:
    """What an erasure did, or would do.

    Args:
        erasure_id: Random; empty for a dry run.
        records: How many records are the person's, of all datasets.
        touched: What is changed, in the order of the zones.
        proof: The search after it; before it for a dry run.
        is_everywhere: Whether the value is long enough to be searched for outside of the columns that may hold it.
        failures: What could not be done: the value may be left there.
        decision_id: Of the decision that records it; 0 while it is not done.
    """

    erasure_id: str
    records: int
    touched: tuple[Touched, ...]
    proof: Proof
    is_everywhere: bool
    failures: tuple[LakeError, ...] = ()
    decision_id: int = 0


def look(root: LakeRoot, declarations: Declarations, subject: Subject) -> Erasure:
    """Say what erasing a person would change; nothing is changed.

    Args:
        root: The lake.
        declarations: Of the lake.
        subject: The person.
    """
    found = find(root, declarations, subject)
    counted = [
        *_in_landing(root, declarations, found),
        *(
            Touched(
                str(each.table(zone)),
                "rows deleted",
                count_rows(root, each, zone, found.records[dataset.name]),
            )
            for dataset in declarations.datasets
            for each, zone in _tables_of(dataset)
        ),
        *_elsewhere(root, declarations, found),
        *_past(root, declarations, found),
    ]
    touched = tuple(each for each in counted if each.count)
    return Erasure("", found.count, touched, prove(root, found.words), bool(found.words))


def _tables_of(dataset: Dataset) -> Iterator[tuple[Dataset, Zone]]:
    """The tables whose rows are of records of a dataset, those made of others first."""
    for zone in _BASE:
        for each in (*dataset.children, dataset):
            if zone is not Zone.FORMATTED or not each.parent:
                yield each, zone


def _refs_of(dataset: Dataset) -> set[TableRef]:
    return {each.table(zone) for each, zone in _tables_of(dataset)}


def _in_landing(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Touched]:
    return iter(_summed([_as_touched(each) for each in plan_files(root, declarations, found)]))


def _as_touched(redaction: Redaction) -> Touched:
    what = "files redacted" if redaction.data is not None else "files withdrawn, their other rows stay"
    return Touched(f"{Zone.PERSISTENT_LANDING}.{redaction.file.dataset}", what, 1)


def _elsewhere(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Touched]:
    """Rows of tables that are not made of the person's records alone, or of none of them."""
    own = _own(declarations, found)
    for ref in all_tables(root):
        what = "rows made anew" if ref.zone is Zone.EXPLOITATION else _OVERWRITTEN
        held = 0 if ref in own else count_held(root, ref, found.words)
        yield Touched(str(ref), what, held)


def _past(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Touched]:
    for ref in sorted(_concerned(declarations, found)):
        table = find_table(root, ref)
        if table is not None:
            yield Touched(str(ref), "older versions given up", table.version)


def _own(declarations: Declarations, found: Found) -> set[TableRef]:
    """The tables that hold something of the person's records."""
    held = (_refs_of(dataset) for dataset in declarations.datasets if found.records[dataset.name].height)
    return set().union(*held)


def _concerned(declarations: Declarations, found: Found) -> set[TableRef]:
    """The tables that hold something of the person's records, or are made of such tables."""
    own = _own(declarations, found)
    for made in declarations.transformations:
        if own & set(made.inputs.values()):
            own.add(made.target)
    return own


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
    """
    if Words([subject.value]).are_in(f"{why} {who}"):
        what = "what is said for the record holds the value that is to be erased"
        raise SettingsError(
            what, place="--why, --who", mend="name a ticket or a reason instead of the person"
        )
    failures = [error for ref, error in flow.take_in() if ref.name in subject.columns]
    found = find(root, declarations, subject)
    begun = unfinished_places(root)
    erasure_id = begun["erasure_id"][-1] if begun.height else uuid4().hex
    for name, places in found.records.items():
        record_erased_places(root, name, places, erasure_id, datetime.now(UTC))
    touched = [*_act(root, declarations, found, run, erasure_id)]
    concerned = _concerned(declarations, found)
    failures += [error for ref, error in flow.derive() if ref in concerned]
    touched += _mask_and_forget(root, declarations, found, run, erasure_id)
    _sweep(root, declarations, found)
    proof = _proved(root, declarations, subject, found)
    done = Erasure(erasure_id, found.count, _summed(touched), proof, bool(found.words), tuple(failures))
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
        yield _as_touched(redaction)
    for dataset in declarations.datasets:
        for each, zone in _tables_of(dataset):
            ref, records = each.table(zone), found.records[dataset.name]
            yield Touched(str(ref), "rows deleted", delete_rows(root, each, zone, records, note(ref)))
            yield Touched(str(ref), _OVERWRITTEN, mask_cells(root, ref, found.words, note(ref)))
            _log(root, ref)


def _log(root: LakeRoot, ref: TableRef) -> None:
    table = find_table(root, ref) if ref.zone in {Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION} else None
    if table is not None:
        record_runs(table)


def _mask_and_forget(
    root: LakeRoot, declarations: Declarations, found: Found, run: Run, erasure_id: str
) -> Iterator[Touched]:
    note = _noting(run, erasure_id)
    concerned = _concerned(declarations, found)
    held = {remains.path for remains in prove(root, found.words).remains}
    for ref in all_tables(root):
        rows = mask_cells(root, ref, found.words, note(ref))
        if rows:
            _log(root, ref)
        yield Touched(str(ref), _OVERWRITTEN, rows)
        if rows or ref in concerned or any(path.startswith(f"{ref.path}/") for path in held):
            table = find_table(root, ref)
            clear_past(root, ref, found.words)
            yield Touched(str(ref), "older versions given up", table.version if table else 0)


def _proved(root: LakeRoot, declarations: Declarations, subject: Subject, found: Found) -> Proof:
    """The search of all files, and of the columns that may hold the value."""
    proof, again = prove(root, found.words), find(root, declarations, subject)
    left = tuple(
        Remains(str(TableRef(Zone.FORMATTED, name)), f"{count} rows")
        for name, count in again.there.items()
        if count
    )
    return replace(proof, remains=(*proof.remains, *left))


def _sweep(root: LakeRoot, declarations: Declarations, found: Found) -> None:
    """Clear away what belongs to no table: half-written files, bytes no row points to, fetched files that wait."""
    clear_orphans(root, declarations)
    if root.is_local:
        for path in Path(root.uri).rglob("*.lake-part"):
            path.unlink(missing_ok=True)
    for each in prove(root, found.words, Zone.TEMPORARY_LANDING.value).remains:
        root.files.delete_folder(each.path.rpartition("/")[0])


def _summed(touched: list[Touched]) -> tuple[Touched, ...]:
    counts: dict[tuple[str, str], int] = {}
    for each in touched:
        counts[each.place, each.what] = counts.get((each.place, each.what), 0) + each.count
    return tuple(Touched(place, what, count) for (place, what), count in counts.items() if count)


def _decision(done: Erasure, why: str, who: str) -> Decision:
    files = sum(each.count for each in done.touched if each.what.startswith("files"))
    decided = f"erased: {done.records} records, {files} landed files"
    return Decision(ERASURE, "", "", done.erasure_id, decided, why, who, datetime.now(UTC))
