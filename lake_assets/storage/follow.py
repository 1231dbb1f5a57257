"""A table that follows another: it takes from the other's commits what it has not taken yet, exactly once.

Two Delta tables cannot be committed to together. So one commit, the leader's, is the truth; it names what belongs
elsewhere (rows set aside, log rows), and the follower catches up from the leader's log, however long ago it died.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lake_assets.model import TableRef
from lake_assets.storage.change import Change, announcement
from lake_assets.storage.commit import commit
from lake_assets.storage.table import Note, Table

__all__ = ["follow"]


def follow(
    leader: Table,
    follower: TableRef,
    change_for: Callable[[Sequence[Note]], Change | None],
    announced: str | None = None,
) -> Table | None:
    """Bring a follower up to the leader's version.

    Args:
        leader: The table whose commits are taken from.
        follower: The table that takes.
        change_for: Given what the new commits say of themselves, oldest first, says how the follower changes, or
            None when nothing of it concerns the follower; what was consumed is filled in here. Files that it adds
            are left where they are after a lost race: the leader's commit may be what names them.
        announced: What a commit of the leader must announce to concern the follower (`Change.announces`); while no
            new one does, none is read. Without it every new commit is read, each time until the follower changes.

    Returns:
        The follower; None when it is not there and nothing concerns it.
    """

    def decide(table: Table | None) -> Change | None:
        taken = table.consumed(leader.input_name) if table else None
        newest = leader.consumed(announcement(announced)) if announced else leader.version
        if newest is None or (taken is not None and taken >= newest):
            return None
        change = change_for(leader.notes(taken))
        consumed = {leader.input_name: leader.version}
        return change and replace(change, consumed={**change.consumed, **consumed}, owns_adds=False)

    return commit(leader.root, follower, decide)
