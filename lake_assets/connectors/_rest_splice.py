"""Members put into the records of a JSON text; every other character stays as it was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["with_members"]

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def with_members(body: bytes, path: Sequence[str], members: Mapping[str, object]) -> bytes:
    r"""The text with members at the beginning of each record.

    Args:
        body: Valid JSON, in any encoding of it.
        path: The names that lead from the document to the list of records, or to the one record.
        members: What to put in, by name.

    >>> with_members(b'{"items": [{"n": 1.50}, {}]}', ["items"], {"_post": 7})
    b'{"items": [{"_post": 7, "n": 1.50}, {"_post": 7}]}'
    """
    text = body.decode(json.detect_encoding(body))
    put_in = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in members.items())
    parts, done = [], 0
    for start in _records(text, _follow(text, path)):
        is_empty = text[_after_space(text, start + 1)] == "}"
        parts += [text[done : start + 1], put_in, "" if is_empty else ", "]
        done = start + 1
    return "".join([*parts, text[done:]]).encode()


def _follow(text: str, path: Sequence[str]) -> int:
    """Where the value begins that names lead to."""
    index = _after_space(text, 0)
    for name in path:
        index = dict(_members(text, index))[name]  # of a name given twice the last
    return index


def _members(text: str, index: int) -> Iterator[tuple[str, int]]:
    """The names in an object, and where their values begin."""
    index = _after_space(text, index + 1)
    while text[index] == '"':
        name, index = _DECODER.raw_decode(text, index)
        index = _after_space(text, _after_space(text, index) + 1)
        yield name, index
        index = _after_value(text, index)


def _records(text: str, index: int) -> Iterator[int]:
    """Where the objects begin: the one at the index, or those of the list there."""
    if text[index] == "{":
        yield index
        return
    index = _after_space(text, index + 1)
    while text[index] != "]":
        if text[index] == "{":
            yield index
        index = _after_value(text, index)


def _after_value(text: str, index: int) -> int:
    """Where the next value of the same list or object begins, or the end of it."""
    after = _after_space(text, _DECODER.raw_decode(text, index)[1])
    return _after_space(text, after + 1) if text[after] == "," else after


def _after_space(text: str, index: int) -> int:
    found = _SPACE.match(text, index)
    return found.end() if found else index
