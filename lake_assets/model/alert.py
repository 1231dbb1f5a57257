"""What somebody is told without asking, and who."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from lake_assets.model.dataset import Place

__all__ = ["Alert", "AlertKind", "AlertRoute"]


class AlertKind(StrEnum):
    """What an alert is about."""

    BLOCK = "block"
    DRIFT = "drift"
    STALE = "stale"
    FAILURE = "failure"


@dataclass(frozen=True)
class Alert:
    """Something that asks for attention; it holds no values of the data.

    Args:
        kind: What it is about.
        table: `zone.table`, or what else it is about.
        what: What is wrong.
        mend: What to do about it.
    """

    kind: AlertKind
    table: str
    what: str
    mend: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about: of these there is one at a time."""
        return self.kind.value, self.table


@dataclass(frozen=True)
class AlertRoute:
    """Where some alerts go.

    Args:
        url_env: The environment variable that holds the URL, which is a secret.
        kinds: Of which kinds.
        tables: Of which tables, as globs over `zone.table`.
        place: Where it is declared.
    """

    url_env: str
    kinds: tuple[AlertKind, ...] = tuple(AlertKind)
    tables: tuple[str, ...] = ("*",)
    place: Place = field(default_factory=Place)

    def takes(self, kind: str, table: str) -> bool:
        """Whether an alert goes there."""
        return kind in set(self.kinds) and any(fnmatchcase(table, glob) for glob in self.tables)
