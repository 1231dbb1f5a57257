"""One attempt to commit a change, through the handle it was decided on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from uuid import uuid4

from deltalake import CommitProperties, Field, TableFeatures, Transaction
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from lake_assets.errors import StorageError
from lake_assets.model import TableRef
from lake_assets.storage.change import Change, announcement
from lake_assets.storage.delta_errors import reason
from lake_assets.storage.log import read_commit
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.schema import check_fits, check_storable, delta_schema, holds_local_times
from lake_assets.storage.snapshot import NOTE
from lake_assets.storage.table import Table, settle

__all__ = ["write"]

_TOKEN = "lake_commit"  # noqa: S105 - tells commits apart, opens nothing
_LOCAL_TIMES = "timestampNtz"
_CONFIGURATION: dict[str, str | None] = {
    "delta.checkpointInterval": "10",
    # Followers read the log, however old. Looking for expired entries lists the log three times with every commit.
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 3650 days",
    # Every column that has statistics is pruned by: the provenance columns stand after the first 32 of a wide table.
    "delta.dataSkippingNumIndexedCols": "-1",
}


def write(root: LakeRoot, ref: TableRef, table: Table | None, change: Change) -> bool:
    """Commit a change on top of a table's version; False when another writer was faster.

    Args:
        root: The lake.
        ref: The table.
        table: As it was when the change was decided; None when there was none.
        change: The change.

    Raises:
        SchemaError: When the change does not fit the table.
        StorageError: When the log cannot be written.
    """
    check_storable(change.schema, ref)
    if table is None:
        return _wins(root, ref, 0, change, lambda properties: _create(root, ref, change, properties))
    ready = _with_local_times(table, change) if change.replaces_table else _with_columns(table, change)
    act = _replace if change.replaces_table else _add
    return ready is not None and _wins(
        root, ref, ready.version + 1, change, lambda properties: act(ready, change, properties)
    )


def _wins(
    root: LakeRoot,
    ref: TableRef,
    version: int,
    change: Change | None,
    act: Callable[[CommitProperties], object],
) -> bool:
    """Let delta-rs write a version. Whatever it reports, the log entry itself says whose it is.

    An object store may keep the entry and lose the answer, then refuse the repeated request as a conflict; a checkpoint
    may fail once the entry stands.
    """
    token = uuid4().hex
    try:
        act(_properties(token, version, change))
    except (DeltaError, OSError) as error:
        stands = read_commit(root, ref, version)
        if stands is None:
            mend = "see the reason, then run again: what is committed is found and not repeated"
            raise StorageError(reason(error), place=f"table {ref} in {root.uri}", mend=mend) from error
        return stands.get(_TOKEN) == token
    return True


def _properties(token: str, version: int, change: Change | None) -> CommitProperties:
    ours = (
        {_TOKEN: token, NOTE: json.dumps(change.note, sort_keys=True)}
        if change and change.note
        else {_TOKEN: token}
    )
    taken = list(change.consumed.items()) if change else []
    announced = [(announcement(name), version) for name in change.announces] if change else []
    return CommitProperties(
        custom_metadata=ours,
        max_commit_retries=0,
        app_transactions=[Transaction(name, position) for name, position in (*taken, *announced)],
    )


def _create(root: LakeRoot, ref: TableRef, change: Change, properties: CommitProperties) -> None:
    create_table_with_add_actions(
        root.table_uri(ref),
        delta_schema(change.schema, change.column_notes),
        _add_actions(change),
        mode="error",
        name=str(ref),
        configuration=_CONFIGURATION,
        storage_options=root.storage_options or None,
        commit_properties=properties,
    )


def _add(table: Table, change: Change, properties: CommitProperties) -> None:
    now_ms = int(time.time() * 1000)
    sizes = dict(table.files.select("path", "size_bytes").iter_rows()) if change.removes else {}
    removes = [RemoveAction(path, change.is_data_change, now_ms, sizes.get(path)) for path in change.removes]
    table.delta.create_write_transaction(
        [*removes, *_add_actions(change)], "append", table.delta.schema(), commit_properties=properties
    )


def _replace(table: Table, change: Change, properties: CommitProperties) -> None:
    schema = delta_schema(change.schema, change.column_notes)
    table.delta.create_write_transaction(
        [*_add_actions(change)], "overwrite", schema, commit_properties=properties
    )


def _with_columns(table: Table, change: Change) -> Table | None:
    """Add the columns that the table lacks, in a commit of their own that changes no row; None after a lost race."""
    check_fits(change.schema, table.schema, table.ref)
    lacking: list[Field] = [
        column
        for column in delta_schema(change.schema, change.column_notes).fields
        if column.name not in table.schema
    ]
    return (
        _altered(
            table, lambda properties: table.delta.alter.add_columns(lacking, commit_properties=properties)
        )
        if lacking
        else table
    )


def _with_local_times(table: Table, change: Change) -> Table | None:
    """Let the table hold datetimes without a zone, in a commit of its own; None after a lost race."""
    known = table.delta.protocol().writer_features or []
    if _LOCAL_TIMES in known or not holds_local_times(change.schema):
        return table
    return _altered(
        table,
        lambda properties: table.delta.alter.add_feature(
            TableFeatures.TimestampWithoutTimezone,
            allow_protocol_versions_increase=True,
            commit_properties=properties,
        ),
    )


def _altered(table: Table, act: Callable[[CommitProperties], object]) -> Table | None:
    """The table one version on, durable: the handle follows what it alters, so no other writer's commit slips in."""
    if not _wins(table.root, table.ref, table.version + 1, None, act):
        return None
    altered = Table(table.root, table.ref, table.delta)
    settle(altered)
    return altered


def _add_actions(change: Change) -> list[AddAction]:
    now_ms = int(time.time() * 1000)
    return [
        AddAction(file.path, file.size_bytes, {}, now_ms, change.is_data_change, file.statistics)
        for file in change.adds
    ]
