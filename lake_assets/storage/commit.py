"""The commit protocol: a change of one table happens once, whole, and durably, or not at all.

A commit carries what it consumed as Delta app transactions, and says the rest (run, code, counts) in its metadata.
delta-rs records app transactions but does not enforce them, so the protocol is ours: open the table, let the caller
decide on *that* handle what is left to do, write through the same handle with no retries inside delta-rs. A racing
writer then makes the commit fail instead of doubling it; we open again and the caller decides again.

Source: Delta Lake transaction log protocol, "Transaction Identifiers".
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl
from deltalake import CommitProperties, Field, Transaction
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from lake_assets.errors import ConflictError, SchemaError
from lake_assets.model import TableRef
from lake_assets.storage.data_files import DataFile, discard
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.schema import check_storable, delta_schema
from lake_assets.storage.table import Table, find_table, open_table

__all__ = ["Change", "commit"]

_ATTEMPTS = 30
_FIRST_WAIT_S = 0.01
_LONGEST_WAIT_S = 1.0
_CONFIGURATION: dict[str, str | None] = {
    "delta.checkpointInterval": "10",
    "delta.logRetentionDuration": "interval 3650 days",
}


@dataclass(frozen=True)
class Change:
    """What one commit does to a table.

    Args:
        schema: Columns of the added files. Columns that the table lacks are added to it.
        adds: Files to add, written and durable.
        removes: Paths of files to remove, as the table's log spells them.
        consumed: How far each input has been consumed once this is committed, by input name.
        note: What the commit says of itself: run, code, input versions, counts; JSON values.
        column_notes: Delta field metadata of columns, by name, for columns that this commit makes.
        is_data_change: False when rows are only laid out anew.
        replaces_table: True when the files and the schema take the place of all that is there.
    """

    schema: pl.Schema
    adds: Sequence[DataFile] = ()
    removes: Sequence[str] = ()
    consumed: dict[str, int] = field(default_factory=dict)
    note: dict[str, object] = field(default_factory=dict)
    column_notes: dict[str, dict[str, str]] = field(default_factory=dict)
    is_data_change: bool = True
    replaces_table: bool = False


def commit(root: LakeRoot, ref: TableRef, decide: Callable[[Table | None], Change | None]) -> Table | None:
    """Bring a table from what it is to what `decide` says, exactly once.

    Args:
        root: The lake.
        ref: The table; made when it is not there.
        decide: Given the table as it is now (None when there is none), says what is left to do, or None when nothing
            is. Called again after each lost race, so it must judge by the table it is given.

    Returns:
        The table after the commit, durable; or as it is when there was nothing to do.

    Raises:
        ConflictError: When other writers won 30 times in a row.
        SchemaError: When the change does not fit the table.
    """
    for attempt in range(_ATTEMPTS):
        table = find_table(root, ref)
        change = decide(table)
        if change is None:
            return table
        if _try(root, ref, table, change):
            written = open_table(root, ref)
            _make_durable(root, ref, -1 if table is None else table.version, written.version)
            return written
        discard(root, ref, change.adds)
        time.sleep(random.uniform(0, min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt)))  # noqa: S311 - jitter
    mend = "let the other writers finish and run again; nothing was lost"
    raise ConflictError(f"other writers won {_ATTEMPTS} times in a row", place=f"table {ref}", mend=mend)


def _try(root: LakeRoot, ref: TableRef, table: Table | None, change: Change) -> bool:
    """Commit; False when another writer was faster."""
    check_storable(change.schema, ref)
    try:
        if table is None or change.replaces_table:
            _create(root, ref, change, "error" if table is None else "overwrite")
        else:
            _write(_with_columns(table, change), change)
    except CommitFailedError:
        return False
    except DeltaError as error:
        if _is_lost_race(error):
            return False
        raise SchemaError(f"the commit was refused: {error}", place=f"table {ref}", mend="see the reason") from error
    return True


def _is_lost_race(error: DeltaError) -> bool:
    return "already exists" in str(error)


def _create(root: LakeRoot, ref: TableRef, change: Change, mode: Literal["error", "overwrite"]) -> None:
    create_table_with_add_actions(
        root.table_uri(ref),
        delta_schema(change.schema, change.column_notes),
        _add_actions(change),
        mode=mode,
        name=str(ref),
        configuration=_CONFIGURATION,
        storage_options=root.storage_options or None,
        commit_properties=_properties(change),
    )


def _write(table: Table, change: Change) -> None:
    now_ms = int(time.time() * 1000)
    sizes = dict(table.files.select("path", "size_bytes").iter_rows()) if change.removes else {}
    removes = [RemoveAction(path, change.is_data_change, now_ms, sizes.get(path)) for path in change.removes]
    table.delta.create_write_transaction(
        [*removes, *_add_actions(change)],
        "append",
        table.delta.schema(),
        commit_properties=_properties(change),
    )


def _with_columns(table: Table, change: Change) -> Table:
    """Add the columns that the table lacks, in a commit of their own that changes no row."""
    known = table.schema
    for name, kind in change.schema.items():
        if name in known and known[name] != kind:
            raise SchemaError(
                f"column {name} is {known[name]} in the table and {kind} in what is to be written",
                place=f"table {table.ref}, column {name}",
                mend="cast the column to the table's type, or give it another name",
            )
    lacking: list[Field] = [
        column
        for column in delta_schema(change.schema, change.column_notes).fields
        if column.name not in known
    ]
    if lacking:
        table.delta.alter.add_columns(lacking, commit_properties=CommitProperties(max_commit_retries=0))
        return open_table(table.root, table.ref)
    return table


def _add_actions(change: Change) -> list[AddAction]:
    now_ms = int(time.time() * 1000)
    return [
        AddAction(file.path, file.size_bytes, {}, now_ms, change.is_data_change, file.statistics)
        for file in change.adds
    ]


def _properties(change: Change) -> CommitProperties:
    return CommitProperties(
        custom_metadata={"lake": json.dumps(change.note, sort_keys=True)} if change.note else None,
        max_commit_retries=0,
        app_transactions=[Transaction(name, version) for name, version in change.consumed.items()],
    )


def _make_durable(root: LakeRoot, ref: TableRef, before: int, after: int) -> None:
    """Sync the new log entries, which delta-rs does not, and the folders above them."""
    log = f"{ref.path}/_delta_log"
    root.files.make_durable([f"{log}/{version:020d}.json" for version in range(before + 1, after + 1)])
