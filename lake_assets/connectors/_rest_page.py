"""One page of a REST answer: its bytes as sent, and what has to be known of them."""

from __future__ import annotations

import json
import marshal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from operator import itemgetter
from typing import BinaryIO, Protocol, cast

import jmespath  # type: ignore[import-untyped]  # the package has no types
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]  # the package has no types

from lake_assets.connectors._rest_outline import Outline, outline_of
from lake_assets.connectors._rest_path import names_in
from lake_assets.connectors._rest_records import list_in
from lake_assets.connectors._rest_request import Request
from lake_assets.connectors._rest_splice import with_members
from lake_assets.connectors._rest_state import Cursor, PullState
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival

__all__ = ["Page", "Ready", "digest", "picked", "search"]

_STABLE = 2  # the last version of marshal that writes the same for the same values


@dataclass(frozen=True)
class Page:
    """An answer that is complete in memory.

    Args:
        request: What was asked.
        url: The address that answered.
        body: The bytes of the answer.
        links: Addresses in the `Link` header, by relation.
        headers: Of the answer; names in any case.
        selector: Where the records are; None means they are the answer, or the one list in it.
        members: What each record gets of its parent when it lands.
        place: For errors.
    """

    request: Request
    url: str = field(repr=False)
    body: bytes = field(repr=False)
    links: dict[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    selector: str | None
    members: Mapping[str, object]
    place: str

    @property
    def origin(self) -> str:
        """The request, the same whatever the order of its parameters."""
        return self.request.origin

    @cached_property
    def document(self) -> object:
        """The answer as JSON.

        Raises:
            ConnectorError: When it is not JSON.
        """
        try:
            document: object = json.loads(self.body) if self.body.strip() else []
        except (ValueError, RecursionError) as error:
            mend = (
                "for an API that sends none: paginator single_page, and neither incremental nor data_selector"
            )
            raise ConnectorError("the answer is not JSON", place=self.place, mend=mend) from error
        return document

    @cached_property
    def _outline(self) -> Outline | None:
        """The records where they can be found without reading all of the answer."""
        names = names_in(self.selector) if self.selector else None
        return None if self.selector and names is None else outline_of(self.body, names)

    @property
    def has_records(self) -> bool:
        """Whether there is any record.

        Raises:
            ConnectorError: As `records` does.
        """
        return self._outline.has_records if self._outline else bool(self.records)

    @property
    def record_count(self) -> int:
        """How many records there are.

        Raises:
            ConnectorError: As `records` does.
        """
        return len(self._outline.texts if self._outline else self.records)

    def some(self, numbers: Sequence[int]) -> list[object]:
        """The records with these numbers, counted from 0."""
        return self._outline.some(numbers) if self._outline else [self.records[number] for number in numbers]

    @cached_property
    def records(self) -> list[object]:
        """The records of the page.

        Raises:
            ConnectorError: When they are not where they are said to be.
        """
        found = self.value(self.selector) if self.selector else list_in(self.document)[1]
        if isinstance(found, dict):
            return [found]
        if not isinstance(found, list):
            where = f"at {self.selector}" if self.selector else "as the answer or as the one list in it"
            mend = "name in data_selector where they are; where an answer may lack them: name || `[]`"
            raise ConnectorError(f"no records are found {where}", place=self.place, mend=mend)
        return found

    def value(self, path: str) -> object:
        """What a JMESPath finds in the answer.

        Raises:
            ConnectorError: When the answer is not what the path supposes.
        """
        names = names_in(path)
        if self._outline and names:
            with suppress(ValueError):
                return self._outline.value(names)
        return search(path, self.document, self.place)

    def _values(self, path: str) -> Sequence[object]:
        """What a JMESPath finds in each record; None where it finds nothing."""
        names = names_in(path)
        if self._outline and names is not None:
            with suppress(ValueError):
                return self._outline.cursors(names)
        if names and len(names) == 1:
            try:
                return list(map(itemgetter(names[0]), cast("list[dict[str, object]]", self.records)))
            except (KeyError, TypeError):  # one of them lacks it, or is no object
                return [record.get(names[0]) if isinstance(record, dict) else None for record in self.records]
        return [search(path, record, self.place) for record in self.records]

    def cursors(self, path: str, on_missing: str | None = None) -> list[Cursor | None]:
        """The cursor of each record; None where it has none.

        Args:
            path: Where a record holds its cursor.
            on_missing: `raise` when none may lack one, `include` when all may.

        Raises:
            ConnectorError: When too many have none, or one is neither text nor number.
        """
        found = self._values(path)
        kinds = {kind.__name__ for kind in set(map(type, found)) - {int, float, str, type(None)}}
        missing = found.count(None)
        if on_missing != "include" and missing and (on_missing == "raise" or missing == len(found)):
            kinds.add("")
        if kinds:
            name = max(kinds)
            what = f"a cursor is a {name}" if name else f"{_share(missing, len(found))} has a cursor"
            mend = "correct incremental.cursor_path"
            raise ConnectorError(f"{what} at {path}", place=self.place, mend=mend)
        return cast("list[Cursor | None]", found)

    @cached_property
    def mark(self) -> str:
        """The digest of the records, if it is said where they are, else of the bytes.

        So an answer that differs in its envelope only, such as the time it was made, is not new.
        """
        content = sha256(self._content())
        content.update(marshal.dumps(dict(self.members), _STABLE) if self.members else b"")
        return f"sha256:{content.hexdigest()}"

    def _content(self) -> bytes:
        if not self.selector:
            return self.body
        return self._outline.records if self._outline else marshal.dumps(self.records, _STABLE)

    def landed(self) -> bytes:
        """The bytes that land: those of the answer, with what each record gets of its parent."""
        if not self.members:
            return self.body
        path = names_in(self.selector) if self.selector else list_in(self.document)[0]
        return with_members(self.body, path or (), self.members)


@dataclass(frozen=True)
class Ready:
    """A page that is handed over, and what is to be remembered with it."""

    page: Page
    fingerprint: str
    state: PullState

    def arrival(self) -> Arrival:
        """As it goes to landing."""
        name = f"page-{self.state.page}.json"
        return Arrival(self.page.origin, self.fingerprint, name, self._fetch)

    def _fetch(self, into: BinaryIO) -> str:
        into.write(self.page.landed())
        return self.state.text()


def digest(record: object) -> str:
    """A short digest of a record."""
    return sha256(marshal.dumps(record, _STABLE)).hexdigest()[:16]  # type: ignore[arg-type]  # it was JSON


def _share(missing: int, of: int) -> str:
    return "no record" if missing == of else f"not every record, {of - missing:,} of {of:,},"


class _Compiled(Protocol):
    def search(self, document: object) -> object: ...


@cache
def _compiled(path: str) -> _Compiled:
    return cast("_Compiled", jmespath.compile(path))


def search(path: str, document: object, place: str) -> object:
    """What a JMESPath finds.

    Raises:
        ConnectorError: When the document is not what the path supposes.
    """
    try:
        return _compiled(path).search(document)
    except JMESPathError as error:
        # Not `from` the lower error, for it quotes the answer.
        what = f"{path} does not fit the answer ({type(error).__name__})"
        raise ConnectorError(what, place=place, mend="correct the path") from None


def picked(paths: Sequence[str], record: object, place: str) -> dict[str, object]:
    """What several JMESPaths find in a record, by path.

    Raises:
        ConnectorError: When one of them finds nothing.
    """
    found = {path: search(path, record, place) for path in paths}
    if lacking := [path for path, value in found.items() if value is None]:
        what = f"a record of the parent has no {', '.join(lacking)}"
        raise ConnectorError(what, place=place, mend="correct the field that is resolved")
    return found
