"""The versions of a table, each with what its commit says of itself and what it did to rows and columns."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from lake_assets.errors import CorruptTableError
from lake_assets.governance.decisions import Decision, decisions_made
from lake_assets.model import TableRef, Verdict, Zone
from lake_assets.storage.log import read_actions
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.snapshot import note_in
from lake_assets.storage.table import open_table
from lake_assets.versions.schemas import SchemaChange, schema_changes, types_in
from lake_assets.zones.decoded_by import AGAIN
from lake_assets.zones.note import KEY, WRITE_MODE
from lake_assets.zones.quarantine import READMITTED

__all__ = ["TableVersion", "VersionKind", "history_of"]

_HIDDEN = "(personal)"
_ERASURE = "erasure"
"""What a commit that erased a person calls the erasure."""

_COUNTS = ("rows_in", "rows_out", "rows_quarantined", "rows_merged", "rows_deleted", "seconds")


class VersionKind(StrEnum):
    """What a commit was for."""

    TAKEN_IN = "taken in"
    REPLAY = "replay"
    DECODED_AGAIN = "decoded again"
    COLUMNS = "columns"
    ERASURE = "erasure"
    UPKEEP = "upkeep"
    FOLLOWED = "followed"


@dataclass(frozen=True)
class TableVersion:
    """One version of a table.

    Args:
        version: The Delta version.
        at: When it was committed, UTC.
        kind: What the commit was for: rows taken in, a replay, files decoded again, a person erased, columns added,
            upkeep that lays rows out anew, or rows taken from the commits of other tables.
        rows: Number of rows of the table at this version.
        files_added: Number of data files that came.
        files_removed: Number of data files that went.
        schema_changes: Columns that are other than before; at the first version all of them came.
        run_id: The run; empty where the commit says nothing of itself, as in the fields below.
        code_version: The version of lake_assets.
        git_sha: The commit of the project that holds the declarations.
        inputs: The version of each table that was read, or up to which landed file.
        verdicts: How the rules came out, with their versions then.
        rows_in: Rows or records that were looked at.
        rows_out: Rows that were written.
        rows_quarantined: Rows that were set aside.
        rows_merged: Rows that took the place of another or were superseded.
        rows_deleted: Rows that a snapshot deleted.
        seconds: Wall time.
        write_mode: How rows entered.
        key: The columns that identify a row.
        why: Why it was asked for: of a replay or of files decoded again.
        decoded_again: Number of files that were decoded again.
        decisions: What people decided on the dataset since the version before.
    """

    version: int
    at: datetime
    kind: VersionKind
    rows: int
    files_added: int
    files_removed: int
    schema_changes: tuple[SchemaChange, ...] = ()
    run_id: str = ""
    code_version: str = ""
    git_sha: str = ""
    inputs: dict[str, int] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    rows_in: int = 0
    rows_out: int = 0
    rows_quarantined: int = 0
    rows_merged: int = 0
    rows_deleted: int = 0
    seconds: float = 0.0
    write_mode: str = ""
    key: tuple[str, ...] = ()
    why: str = ""
    decoded_again: int = 0
    decisions: tuple[Decision, ...] = ()


@dataclass
class _Standing:
    """A table as its log has made it so far."""

    rows_by_path: dict[str, int] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


def history_of(root: LakeRoot, ref: TableRef, hidden: Collection[str] = ()) -> list[TableVersion]:
    """Every version of a table, oldest first.

    Args:
        root: The lake.
        ref: The table.
        hidden: Columns of which it is told that something was decided, not what.

    Raises:
        UnknownTableError: When there is no such table.
        CorruptTableError: When an entry of its log is gone.
    """
    table = open_table(root, ref)
    found = list(_versions(root, ref, table.version))
    if ref.zone is not Zone.TRUSTED:
        return found
    made = [_masked(each, hidden) for each in decisions_made(root, ref.name)]
    return list(_with_decisions(found, made))


def _masked(decision: Decision, hidden: Collection[str]) -> Decision:
    return replace(decision, value=_HIDDEN, decided=_HIDDEN) if decision.column in hidden else decision


def _versions(root: LakeRoot, ref: TableRef, newest: int) -> Iterator[TableVersion]:
    standing = _Standing()
    for version in range(newest + 1):
        try:
            actions = list(read_actions(root, ref, version))
        except FileNotFoundError as error:
            mend = "restore the table's log from a copy: what is before it cannot be told"
            raise CorruptTableError(
                f"log entry {version} is gone", place=f"table {ref}", mend=mend
            ) from error
        yield _version(version, actions, standing)


def _version(version: int, actions: list[dict[str, Any]], standing: _Standing) -> TableVersion:
    adds, removes = _of(actions, "add"), _of(actions, "remove")
    for each in removes:
        standing.rows_by_path.pop(each["path"], None)
    standing.rows_by_path.update({each["path"]: _rows(each) for each in adds})
    types = [types_in(each) for each in _of(actions, "metaData")]
    after = types[-1] if types else standing.types
    changes, standing.types = schema_changes(standing.types, after), after
    said: dict[str, Any] = next(iter(_of(actions, "commitInfo")), {})
    moved = [each.get("dataChange", True) for each in (*adds, *removes)]
    note = note_in(said)
    return TableVersion(
        version=version,
        at=datetime.fromtimestamp(said.get("timestamp", 0) / 1000, UTC),
        kind=_kind(note, moved),
        rows=sum(standing.rows_by_path.values()),
        files_added=len(adds),
        files_removed=len(removes),
        schema_changes=changes,
        **_told(note or {}),
    )


def _of(actions: Iterable[Mapping[str, Any]], kind: str) -> list[Any]:
    return [action[kind] for action in actions if kind in action]


def _rows(add: Mapping[str, Any]) -> int:
    return int(json.loads(add.get("stats") or "{}").get("numRecords", 0))


def _kind(note: Mapping[str, Any] | None, moved: list[bool]) -> VersionKind:
    if note is None or "run_id" not in note:
        is_upkeep = bool(moved) and not any(moved)
        return VersionKind.UPKEEP if is_upkeep else VersionKind.FOLLOWED if moved else VersionKind.COLUMNS
    if _ERASURE in note:
        return VersionKind.ERASURE
    if AGAIN in note:
        return VersionKind.DECODED_AGAIN
    return VersionKind.REPLAY if READMITTED in note else VersionKind.TAKEN_IN


def _told(note: Mapping[str, Any]) -> dict[str, Any]:
    """What a note says, as the arguments of `TableVersion`."""
    return {
        **{
            name: note[name]
            for name in ("run_id", "code_version", "git_sha", "inputs", "why")
            if name in note
        },
        **{name: note[name] for name in _COUNTS if note.get(name) is not None},
        "verdicts": tuple(Verdict.from_record(each) for each in note.get("verdicts", ())),
        "write_mode": note.get(WRITE_MODE, ""),
        "key": tuple(note.get(KEY, ())),
        "decoded_again": len(note.get(AGAIN, ())),
    }


def _with_decisions(found: list[TableVersion], made: list[Decision]) -> Iterator[TableVersion]:
    """Each version with what was decided since the one before it."""
    start = datetime.min.replace(tzinfo=UTC)
    for since, entry in zip([start, *(each.at for each in found)], found, strict=False):
        yield replace(entry, decisions=tuple(each for each in made if since < each.at <= entry.at))
