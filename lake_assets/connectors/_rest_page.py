"""One page of a REST answer: its bytes as sent, and what has to be known of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO

import jmespath  # type: ignore[import-untyped]  # the package has no types
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]  # the package has no types

from lake_assets.connectors._rest_state import Cursor, PullState, largest
from lake_assets.connectors._urls import canonical
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival

__all__ = ["Page", "Ready"]


@dataclass(frozen=True)
class Page:
    """An answer that is complete in memory.

    Args:
        request: What was asked, relative to the base URL and without secrets.
        url: The address that answered.
        body: The bytes of the answer.
        links: Addresses in the `Link` header, by relation.
        selector: Where the records are; None means they are the answer, or the one list in it.
        place: For errors.
    """

    request: str
    url: str = field(repr=False)
    body: bytes = field(repr=False)
    links: dict[str, str] = field(repr=False)
    selector: str | None
    place: str

    @property
    def origin(self) -> str:
        """The request, the same whatever the order of its parameters."""
        return canonical(self.request)

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
    def records(self) -> list[object]:
        """The records of the page.

        Raises:
            ConnectorError: When they are not where they are said to be.
        """
        found = self.value(self.selector) if self.selector else _only_list(self.document)
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
        return _search(path, self.document, self.place)

    def cursor(self, path: str) -> Cursor | None:
        """The largest cursor among the records; None when there are no records.

        Raises:
            ConnectorError: When no record has one, or one is neither text nor number.
        """
        found = [value for record in self.records if (value := _search(path, record, self.place)) is not None]
        wrong = [
            value for value in found if isinstance(value, bool) or not isinstance(value, int | float | str)
        ]
        if wrong or (self.records and not found):
            what = f"a cursor is a {type(wrong[0]).__name__}" if wrong else "no record has a cursor"
            raise ConnectorError(
                f"{what} at {path}", place=self.place, mend="correct incremental.cursor_path"
            )
        return largest(found)  # type: ignore[arg-type]  # nothing else is left in it

    @cached_property
    def mark(self) -> str:
        """The digest of the records, if it is said where they are, else of the bytes.

        So an answer that differs in its envelope only, such as the time it was made, is not new.
        """
        content = json.dumps(self.records).encode() if self.selector else self.body
        return f"sha256:{sha256(content).hexdigest()}"


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
        into.write(self.page.body)
        return self.state.text()


def _search(path: str, document: object, place: str) -> object:
    try:
        found: object = jmespath.search(path, document)
    except JMESPathError as error:
        # Not `from` the lower error, for it quotes the answer.
        what = f"{path} does not fit the answer ({type(error).__name__})"
        raise ConnectorError(what, place=place, mend="correct the path") from None
    return found


def _only_list(document: object) -> object:
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        return lists[0] if len(lists) == 1 else None
    return document
