"""The commit protocol: a change of one table happens once, whole, and durably, or not at all.

A commit carries what it consumed as Delta app transactions, and says the rest (run, code, counts) in its metadata.
delta-rs records app transactions but does not enforce them, so the protocol is ours: open the table, let the caller
decide on *that* handle what is left to do, write through the same handle with no retries inside delta-rs. A racing
writer then makes the commit fail instead of doubling it; we open again and the caller decides again.

A table that is open is durable (`find_table`), so nothing is built on an entry that a loss of power could take back,
and opening the table again after a commit is what makes the commit durable.

Source: Delta Lake transaction log protocol, "Transaction Identifiers".
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from lake_assets.errors import ConflictError, LakeError, SchemaError
from lake_assets.model import TableRef
from lake_assets.storage.change import Change
from lake_assets.storage.data_files import discard
from lake_assets.storage.probe import require_conditional_put
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table, open_table
from lake_assets.storage.write import write

__all__ = ["Change", "commit"]

_ATTEMPTS = 30
_FIRST_WAIT_S = 0.01
_LONGEST_WAIT_S = 1.0


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
        SchemaError: When the change does not fit the table; its files are deleted.
        StorageError: When the lake root cannot be written. Whether the commit stands is then unknown, so its files
            are left: run again, and it is found or made.
        LakeError: When the root is watched and nothing may be committed any more; see `LakeRoot.watched`.
    """
    require_conditional_put(root)
    for attempt in range(_ATTEMPTS):
        table = find_table(root, ref)
        change = decide(table)
        if change is None:
            return table
        if _is_written(root, ref, table, change):
            return open_table(root, ref)
        time.sleep(random.uniform(0, min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt)))  # noqa: S311 - jitter
    mend = "let the other writers finish and run again; nothing was lost"
    raise ConflictError(f"other writers won {_ATTEMPTS} times in a row", place=f"table {ref}", mend=mend)


def _is_written(root: LakeRoot, ref: TableRef, table: Table | None, change: Change) -> bool:
    """Whether the change is committed; when it certainly is not, the files made for it are deleted."""
    try:
        root.refuse_late()
    except LakeError:
        _drop(root, ref, change)
        raise
    try:
        is_written = write(root, ref, table, change)
    except SchemaError:
        _drop(root, ref, change)
        raise
    if not is_written:
        _drop(root, ref, change)
    return is_written


def _drop(root: LakeRoot, ref: TableRef, change: Change) -> None:
    if change.owns_adds:
        discard(root, ref, change.adds)
