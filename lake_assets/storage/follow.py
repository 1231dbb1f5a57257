"""A table that follows another: it takes from the other's commits what it has not taken yet, exactly once.

Two Delta tables cannot be committed to together. So one commit, the leader's, is the truth; it names what belongs
elsewhere (rows set aside, log rows), and the follower catches up from the leader's log, however long ago it died.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lake_assets.model import TableRef
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.table import Note, Table

__all__ = ["follow"]


def follow(
    leader: Table, follower: TableRef, change_for: Callable[[Sequence[Note]], Change | None]
) -> Table | None:
    """Bring a follower up to the leader's version.

    Args:
        leader: The table whose commits are taken from.
        follower: The table that takes.
        change_for: Given what the new commits say of themselves, oldest first, says how the follower changes, or
            None when nothing of it concerns the follower; what was consumed is filled in here.

    Returns:
        The follower; None when it is not there and nothing concerns it.
    """

    def decide(table: Table | None) -> Change | None:
        taken = table.consumed(leader.input_name) if table else None
        if taken is not None and taken >= leader.version:
            return None
        change = change_for(leader.notes(taken))
        return change and replace(change, consumed={**change.consumed, leader.input_name: leader.version})

    return commit(leader.root, follower, decide)
