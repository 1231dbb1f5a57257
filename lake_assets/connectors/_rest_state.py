"""What a collection over REST remembers with each page, so that the next run goes on where this one ended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

__all__ = ["Cursor", "ParentState", "PullState", "is_before", "largest", "least"]

Cursor = int | float | str

_SELDOM = frozenset({"body", "detected", "boundary", "parent"})
_UTC_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z")


@dataclass(frozen=True)
class ParentState:
    """Where a pull is among the records of the parent.

    Args:
        request: The request for the page of the parent; None when the pull is complete.
        body: What is posted with it.
        values: What was taken of the record whose pages are being asked for.
        cursor: The largest cursor of the parent seen so far.
        since: The one that the pull began with.
        detected: How the pages of the parent follow each other, where its first page told.
    """

    request: str | None = None
    body: str = ""
    values: dict[str, object] = field(default_factory=dict)
    cursor: Cursor | None = None
    since: Cursor | None = None
    detected: dict[str, object] | None = None


@dataclass(frozen=True)
class PullState:
    """Where a pull is. It holds no host and no secret.

    Args:
        next: The request for the next page, relative to the base URL; None when there is none.
        cursor: The largest cursor seen so far.
        since: The cursor that the pull began with: where to begin again should the server forget `next`.
        page: The number of the page it is remembered with.
        body: What is posted with `next`.
        detected: How pages follow each other, where the first page told.
        boundary: Digests of the records at the largest cursor, which a server may give again.
        parent: Where it is among the records of the parent; None without one.
    """

    next: str | None = None
    cursor: Cursor | None = None
    since: Cursor | None = None
    page: int = 0
    body: str = ""
    detected: dict[str, object] | None = None
    boundary: tuple[str, ...] = ()
    parent: ParentState | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to ask for."""
        return self.next is None and (self.parent is None or self.parent.request is None)

    @classmethod
    def read(cls, text: str) -> PullState:
        """Read what `text` wrote; anything else begins a new collection, which costs time and loses nothing.

        >>> PullState.read('{"next": "items?page=2", "cursor": 7}').cursor
        7
        >>> PullState.read("") == PullState()
        True
        """
        try:
            read = {
                name: value for name, value in json.loads(text).items() if name in cls.__dataclass_fields__
            }
            parent = ParentState(**read["parent"]) if read.get("parent") else None
            return cls(**{**read, "boundary": tuple(read.get("boundary", ())), "parent": parent})
        except (ValueError, AttributeError, TypeError):
            return cls()

    def text(self) -> str:
        """As it is remembered; what few pulls need is left out where it is not set."""
        kept = {**vars(self), "parent": asdict(self.parent) if self.parent else None}
        return json.dumps({name: value for name, value in kept.items() if value or name not in _SELDOM})


def largest(cursors: Iterable[Cursor | None]) -> Cursor | None:
    """The largest cursor: numbers by value, times by instant, other text by character.

    A text that holds a number counts as one, and a time without zone as UTC. None when there is no cursor.

    >>> largest(["9", "10", None]), largest(["2024-05-01T12:00:00+02:00", "2024-05-01T11:00:00Z"])
    ('10', '2024-05-01T11:00:00Z')
    """
    found = [cursor for cursor in cursors if cursor is not None]
    return max(found) if _are_in_order(found) else max(found, key=_rank, default=None)


def least(cursors: Iterable[Cursor | None]) -> Cursor | None:
    """The least cursor, by the same order as `largest`."""
    found = [cursor for cursor in cursors if cursor is not None]
    return min(found) if _are_in_order(found) else min(found, key=_rank, default=None)


def is_before(one: Cursor, other: Cursor) -> bool:
    """Whether a cursor is less than another, by the same order as `largest`.

    >>> is_before("9", "10"), is_before("2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00Z")
    (True, False)
    """
    return _rank(one)[:2] < _rank(other)[:2] if _rank(one)[0] < 2 else _rank(one) < _rank(other)  # noqa: PLR2004


def _are_in_order(found: Sequence[Cursor]) -> bool:
    """Whether Python's own order is the order of these: numbers, or times of one length in UTC."""
    kinds = set(map(type, found))
    if kinds <= {int, float}:
        return bool(found)
    is_one_length = kinds == {str} and len(set(map(len, found))) == 1  # type: ignore[arg-type]  # texts alone
    return is_one_length and all(map(_UTC_TIME.fullmatch, found))  # type: ignore[arg-type]  # texts alone


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
