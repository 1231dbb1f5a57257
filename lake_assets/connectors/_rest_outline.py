"""What a pull has to know of a page, found without making values of its records: of each no more than its cursor.

Only plain pages are read so: UTF-8, with the records in one list below names. Another, with NaN, a lone surrogate or a
cursor that is no cursor, is left to who reads all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import cast

import msgspec

from lake_assets.connectors._rest_state import Cursor

__all__ = ["Names", "Outline", "outline_of"]

Names = tuple[str, ...]
"""What leads to a value, from object to object."""

_ANY = msgspec.json.Decoder(msgspec.Raw)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_INNER = attrgetter("inner")
_NO_RECORDS = re.compile(rb"\[[ \t\n\r]*\]")


def outline_of(body: bytes, names: Names | None) -> Outline | None:
    """The outline of an answer; None where it is to be read whole.

    Args:
        body: The answer.
        names: What leads to the list of records; None where they are the answer, or the one list at its top.

    >>> page = outline_of(b'{"rows": [{"n": 7, "at": 1}, {"n": 9}], "next": "b"}', ("rows",))
    >>> page.records, page.cursors(("n",)), page.value(("next",))
    (b'[{"n": 7, "at": 1}, {"n": 9}]', [7, 9], 'b')
    """
    try:
        body.decode()  # of what it passes over, msgspec does not look whether it is UTF-8
        outline = Outline(body, _names_of_list(body) if names is None else names)
    except (ValueError, KeyError, RecursionError):
        return None
    return outline if outline.records.startswith(b"[") else None


def _names_of_list(body: bytes) -> Names:
    """What leads to the one list of an answer, as `list_in` finds it.

    Raises:
        ValueError: When it is not JSON, or has none or several.
    """
    if body.lstrip()[:1] == b"[":
        return ()
    (name,) = [
        name for name, value in _OBJECT.decode(body).items() if memoryview(value)[:1].tobytes() == b"["
    ]
    return (name,)


class Outline:
    """An answer that is JSON, and where its records are.

    Args:
        body: The answer.
        names: What leads to the list of records.
    """

    def __init__(self, body: bytes, names: Names) -> None:
        """Pass over all of the answer once.

        Raises:
            KeyError: When an object on the way to the records has no such name.
            ValueError: When it is not JSON, or what is on the way is no object.
        """
        self._texts: dict[Names, bytes] = {(): body if names else bytes(_ANY.decode(body))}
        self._objects: dict[Names, dict[str, msgspec.Raw]] = {}
        self.records = self._text(names)

    @property
    def has_records(self) -> bool:
        """Whether there is any record."""
        return _NO_RECORDS.match(self.records) is None

    @cached_property
    def texts(self) -> Sequence[bytes | msgspec.Raw]:
        """The text of each record."""
        return cast("Sequence[msgspec.Raw]", _LIST.decode(self.records))

    def some(self, numbers: Iterable[int]) -> list[object]:
        """The records with these numbers, counted from 0."""
        return [json.loads(bytes(self.texts[number])) for number in numbers]

    def value(self, names: Names) -> object:
        """A value below some names; None where it is not there.

        Raises:
            ValueError: When what is on the way is no object.
        """
        try:
            return cast("object", json.loads(self._text(names)))
        except KeyError:
            return None

    def cursors(self, names: Names) -> list[Cursor | None]:
        """What each record has below some names; None where it has nothing.

        Raises:
            ValueError: When any of them is neither a text nor a number, or what is on the way is no object.
        """
        found: list[object] = _decoder(names).decode(self.records)
        for _ in names:
            found = _inner(found)
        return cast("list[Cursor | None]", found)

    def _text(self, names: Names) -> bytes:
        if names not in self._texts:
            self._texts[names] = bytes(self._members(names[:-1])[names[-1]])
        return self._texts[names]

    def _members(self, names: Names) -> dict[str, msgspec.Raw]:
        if names not in self._objects:
            self._objects[names] = _OBJECT.decode(self._text(names))
        return self._objects[names]


def _inner(found: Sequence[object]) -> list[object]:
    try:
        return list(map(_INNER, found))
    except AttributeError:  # there is null where an object could be
        return [getattr(each, "inner", None) for each in found]


@cache
def _decoder(names: Names) -> msgspec.json.Decoder[list[object]]:
    """Reads of each record the one value below some names."""
    kind: object = int | float | str | None
    for name in reversed(names):
        # The values hold nothing that could hold them: the collector need not know them.
        inner = msgspec.defstruct("Inner", [("inner", kind, None)], rename={"inner": name}, gc=False)
        kind = inner | None
    return msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]  # a type that is made here
