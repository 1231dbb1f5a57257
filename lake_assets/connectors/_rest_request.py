"""A request of a pull: what is asked, relative to the base URL and without secrets."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from lake_assets.connectors._urls import Query, canonical, with_query

__all__ = ["Request"]


@dataclass(frozen=True)
class Request:
    """What is asked of an API.

    Args:
        target: Path and query, relative to the base URL.
        body: JSON that is posted; empty for a GET.
    """

    target: str
    body: str = ""

    @property
    def method(self) -> str:
        """The verb."""
        return "POST" if self.body else "GET"

    @property
    def origin(self) -> str:
        """The request, the same whatever the order of its parameters.

        >>> Request("items?b=2&a=1").origin, Request("find", '{"page": 2}').origin
        ('items?a=1&b=2', 'find {"page": 2}')
        """
        return " ".join(filter(None, [canonical(self.target), self.body]))

    def __str__(self) -> str:
        """As it is shown."""
        return f"{self.method} {self.target}"

    def with_query(self, changes: Query) -> Request:
        """The request with these parameters in place of any of the same name."""
        return replace(self, target=with_query(self.target, changes))

    def with_value(self, param: str | None, body_path: str | None, value: int | str) -> Request:
        """The request with a value as a parameter, in its body, or both.

        >>> Request("find", "{}").with_value(None, "paging.offset", 20).body
        '{"paging": {"offset": 20}}'
        """
        changed = self.with_query({param: str(value)}) if param else self
        return replace(changed, body=_placed(changed.body, body_path, value)) if body_path else changed

    def value(self, param: str | None, body_path: str | None) -> int | None:
        """The number that stands there; None where none does, as in what another paginator remembered."""
        found = _found(self.body, body_path) if body_path else _last(self.target, param or "")
        try:
            return int(str(found))
        except ValueError:
            return None


def _placed(body: str, path: str, value: int | str) -> str:
    document = json.loads(body or "{}")
    *folders, name = path.split(".")
    inner = document
    for folder in folders:
        inner = inner.setdefault(folder, {})
    inner[name] = value
    return json.dumps(document)


def _found(body: str, path: str) -> object:
    found = json.loads(body or "{}")
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _last(target: str, param: str) -> str | None:
    return parse_qs(urlsplit(target).query).get(param, [None])[-1]
