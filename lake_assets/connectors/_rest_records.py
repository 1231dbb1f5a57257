"""Where the records of an answer are when nobody says it."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["list_in"]

_USUAL = ("data", "items", "results", "entries", "records", "rows", "entities", "payload", "content", "objects",
          "values")  # fmt: skip
_DEEPEST = 3


def list_in(document: object) -> tuple[tuple[str, ...], object]:
    """The records of an answer, and the names that lead to them.

    They are the answer, or the one list in it; of several lists the one that has a usual name, and of those the least
    deep. None when that decides nothing.

    >>> list_in([1]), list_in({"n": 1, "rows": [2]}), list_in({"a": [], "b": [], "data": {"items": [3]}})
    (((), [1]), (('rows',), [2]), (('data', 'items'), [3]))
    >>> list_in({"a": [], "b": []})
    ((), None)
    """
    if not isinstance(document, dict):
        return (), document
    top = [((name,), value) for name, value in document.items() if isinstance(value, list)]
    if len(top) == 1:
        return top[0]
    usual = sorted((found for found in _lists(document, ()) if found[0][-1].lower() in _USUAL), key=_depth)
    return usual[0] if len(usual) == 1 or (usual and _depth(usual[0]) < _depth(usual[1])) else ((), None)


def _depth(found: tuple[tuple[str, ...], object]) -> int:
    return len(found[0])


def _lists(document: dict[str, object], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in document.items():
        if isinstance(value, list):
            yield (*above, name), value
        elif isinstance(value, dict) and len(above) + 1 < _DEEPEST:
            yield from _lists(value, (*above, name))
