"""Where something is in an answer: JMESPath, and the JSONPaths that mean the same."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

import jmespath  # type: ignore[import-untyped]  # the package has no types
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]  # the package has no types
from pydantic import AfterValidator, Field

__all__ = ["JmesPath", "as_jmespath", "names_in"]

_BRACKET = re.compile(r"""\[(?:'([^']*)'|"([^"]*)")\]""")
_NAME = re.compile(r"[A-Za-z_$][\w@$:-]*|@[\w@$:-]+")
_PLAIN = re.compile(r"[A-Za-z_]\w*")
_QUOTED = re.compile(r"""^(['"])([^'"]+)\1$""")
_STEP = re.compile(r'"([^"\\]+)"|([A-Za-z_]\w*)')


def as_jmespath(path: str) -> str:
    """A JSONPath as JMESPath; what is JMESPath already stays as it is.

    >>> as_jmespath("$.data.items[*]"), as_jmespath("$"), as_jmespath("['@odata.nextLink']")
    ('data.items[*]', '@', '"@odata.nextLink"')
    >>> as_jmespath("meta.next-cursor"), as_jmespath("rows || `[]`")
    ('meta."next-cursor"', 'rows || `[]`')

    Raises:
        ValueError: When it is neither, or a JSONPath that JMESPath has no form for.
    """
    if path in {"$", "@"}:
        return "@"
    quoted = _QUOTED.match(path)
    below = f'"{quoted[2]}"' if quoted else _BRACKET.sub(r'."\1\2"', path.removeprefix("$")).removeprefix(".")
    return _compiled(path, _with_quotes(below))


@cache
def names_in(path: str) -> tuple[str, ...] | None:
    """The names of a path that leads from object to object; None for any other path.

    >>> names_in('data."a-b"'), names_in("@"), names_in("items[0]")
    (('data', 'a-b'), (), None)
    """
    if path == "@":
        return ()
    steps = list(_STEP.finditer(path))
    is_plain = ".".join(step[0] for step in steps) == path
    return tuple(step[1] or step[2] for step in steps) if is_plain else None


def _with_quotes(path: str) -> str:
    """Quote names that JMESPath wants quoted, where the path is names and dots alone."""
    names = path.split(".")
    if not all(map(_NAME.fullmatch, names)):
        return path
    return ".".join(name if _PLAIN.fullmatch(name) else f'"{name}"' for name in names)


def _compiled(declared: str, path: str) -> str:
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise ValueError(f"not a JMESPath: {declared!r}") from error
    return path


JmesPath = Annotated[str, Field(min_length=1), AfterValidator(as_jmespath)]
"""A declared path, kept as JMESPath."""
