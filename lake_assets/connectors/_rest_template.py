"""Declared texts with `{resources.parent.field}` and `{incremental.start_value}` in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["fill", "placeholders"]

_PLACEHOLDER = re.compile(r"(?<!\$)\{((?:resources|incremental)\.[^{}]+)\}")


def placeholders(*declared: object) -> Iterator[str]:
    """What stands between braces, at whatever depth.

    >>> list(placeholders("posts/{resources.posts.id}", {"since": ["{incremental.start_value}", 7]}))
    ['resources.posts.id', 'incremental.start_value']
    """
    for each in declared:
        if isinstance(each, str):
            yield from _PLACEHOLDER.findall(each)
        elif isinstance(each, Mapping):
            yield from placeholders(*each.values())
        elif isinstance(each, list):
            yield from placeholders(*each)


def fill(declared: object, values: Mapping[str, object]) -> object:
    """The same with values in place of what stands between braces.

    A text that is nothing but a placeholder becomes the value itself.

    >>> fill({"id": "{resources.a.id}", "name": "no {resources.a.id}"}, {"resources.a.id": 7})
    {'id': 7, 'name': 'no 7'}
    """
    if isinstance(declared, str):
        whole = _PLACEHOLDER.fullmatch(declared)
        return values[whole[1]] if whole else _PLACEHOLDER.sub(lambda found: str(values[found[1]]), declared)
    if isinstance(declared, Mapping):
        return {name: fill(value, values) for name, value in declared.items()}
    return [fill(value, values) for value in declared] if isinstance(declared, list) else declared
