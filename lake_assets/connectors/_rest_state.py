"""What a collection over REST remembers with each page, so that the next run goes on where this one ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

__all__ = ["Cursor", "PullState", "largest"]

Cursor = int | float | str


@dataclass(frozen=True)
class PullState:
    """Where a pull is. It holds no host and no secret.

    Args:
        next: The request for the next page, relative to the base URL; None when the pull is complete.
        cursor: The largest cursor seen so far.
        since: The cursor that the pull began with: where to begin again should the server forget `next`.
        page: The number of the page it is remembered with.
    """

    next: str | None = None
    cursor: Cursor | None = None
    since: Cursor | None = None
    page: int = 0

    @classmethod
    def read(cls, text: str) -> PullState:
        """Read what `text` wrote; anything else begins a new collection, which costs time and loses nothing.

        >>> PullState.read('{"next": "items?page=2", "cursor": 7}').cursor
        7
        >>> PullState.read("")
        PullState(next=None, cursor=None, since=None, page=0)
        """
        try:
            read = json.loads(text)
            return cls(**{name: value for name, value in read.items() if name in cls.__dataclass_fields__})
        except (ValueError, AttributeError):
            return cls()

    def text(self) -> str:
        """As it is remembered."""
        return json.dumps(asdict(self))


def largest(cursors: Iterable[Cursor | None]) -> Cursor | None:
    """The largest cursor: numbers by value, times by instant, other text by character.

    A text that holds a number counts as one, and a time without zone as UTC. None when there is no cursor.

    >>> largest(["9", "10", None]), largest(["2024-05-01T12:00:00+02:00", "2024-05-01T11:00:00Z"])
    ('10', '2024-05-01T11:00:00Z')
    """
    return max((cursor for cursor in cursors if cursor is not None), key=_rank, default=None)


def _rank(cursor: Cursor) -> tuple[int, float, str]:
    if not isinstance(cursor, str):
        return 0, cursor, ""
    for number in (int, float):
        with suppress(ValueError):
            return 0, number(cursor), cursor
    with suppress(ValueError):
        time = datetime.fromisoformat(cursor)
        return 1, (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp(), cursor
    return 2, 0, cursor
