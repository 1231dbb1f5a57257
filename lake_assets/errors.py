"""Everything that can go wrong, as one tree.

- `LakeError`: the root; says what is wrong, where, and how to mend it
    - `DeclarationError`: a YAML, SQL or Python declaration is not valid
    - `ConnectorError`: a source cannot be reached or refuses
    - `DecodeError`: a landed file is not what its format says
    - `StorageError`: the lake root or a table cannot be read or written
        - `ConflictError`: another writer kept winning the race for a table
        - `CorruptTableError`: a table's transaction log is damaged
        - `UnknownTableError`: no table of that name
    - `BlockedError`: a blocking quality rule stops the tables downstream
    - `SchemaError`: a table's columns do not fit what is to be written
    - `QueryError`: a transformation or query cannot be run
    - `SettingsError`: a setting or an environment variable is missing or wrong
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BlockedError",
    "ConflictError",
    "ConnectorError",
    "CorruptTableError",
    "DeclarationError",
    "DecodeError",
    "LakeError",
    "QueryError",
    "SchemaError",
    "SettingsError",
    "StorageError",
    "UnknownTableError",
    "near_names",
]


class LakeError(Exception):
    """A failure of the lake, in three parts that a person can act on.

    Args:
        what: What is wrong: expected, found, the value. Never a secret, never a value of a personal column.
        place: Where: table, file, row, column, rule, as far as known.
        mend: What to do about it, as an imperative.
    """

    def __init__(self, what: str, *, place: str = "", mend: str = "") -> None:
        """Keep the three parts and join them as the message."""
        self.what = what
        self.place = place
        self.mend = mend
        super().__init__(what, place, mend)

    def __str__(self) -> str:
        """Say what, place and mend on one line each; a part that is empty is left out."""
        place = f"\n  at: {self.place}" if self.place else ""
        mend = f"\n  to mend: {self.mend}" if self.mend else ""
        return f"{self.what}{place}{mend}"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, so that an error crosses process boundaries whole."""
        return (_rebuild, (type(self), self.what, self.place, self.mend))


def _rebuild(kind: type[LakeError], what: str, place: str, mend: str) -> LakeError:
    return kind(what, place=place, mend=mend)


class DeclarationError(LakeError):
    """A YAML, SQL or Python declaration is not valid."""


class ConnectorError(LakeError):
    """A source cannot be reached, or refuses."""


class DecodeError(LakeError):
    """A landed file is not what its format says."""


class StorageError(LakeError):
    """The lake root or a table cannot be read or written."""


class ConflictError(StorageError):
    """Another writer kept winning the race for a table."""


class CorruptTableError(StorageError):
    """A table's transaction log is damaged."""


class UnknownTableError(StorageError):
    """No table of that name is in the lake."""


class BlockedError(LakeError):
    """A blocking quality rule stops the tables downstream."""


class SchemaError(LakeError):
    """A table's columns do not fit what is to be written."""


class QueryError(LakeError):
    """A transformation or query cannot be run."""


class SettingsError(LakeError):
    """A setting or an environment variable is missing or wrong."""


_NAMES = 20
"""So many names are listed: a lake may have thousands, and a message is to be read."""


def near_names(wrong: str, known: Iterable[str]) -> str:
    """Say which known names are near a wrong one, or list what is known.

    Args:
        wrong: The name as somebody wrote it.
        known: The names that would have been right.

    Returns:
        One sentence fit for the *mend* of a `LakeError`.

    >>> near_names("flihgts", ["flights", "planes"])
    'did you mean flights? Known: flights, planes'
    >>> near_names("x", [])
    'none is known yet'
    """
    names = sorted(known)
    if not names:
        return "none is known yet"
    near = get_close_matches(wrong, names, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return f"{hint}Known: {', '.join(names[:_NAMES])}{more}"
