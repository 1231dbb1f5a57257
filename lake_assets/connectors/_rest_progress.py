"""Whether a pull comes nearer to its end: no request twice, and not always the same records."""

from __future__ import annotations

from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_request import Request
from lake_assets.errors import ConnectorError

__all__ = ["Progress"]

_EMPTY_PAGES = 100
_SAME_PAGES = 5


class Progress:
    """What a pull has asked for and got so far."""

    def __init__(self, place: str) -> None:
        """Begin with nothing asked."""
        self._place = place
        self._asked: set[Request] = set()
        self._bodies: set[int] = set()
        self._empty_in_a_row = 0
        self._same_in_a_row = 0

    def ask(self, request: Request) -> None:
        """Take note of a request before it is sent.

        Raises:
            ConnectorError: When it was sent before, or too many pages brought nothing.
        """
        place = f"{self._place}, {request}"
        if request in self._asked:
            mend = "correct paginator; else the server's paging is at fault"
            raise ConnectorError("the pages go in a circle", place=place, mend=mend)
        self._asked.add(request)
        if self._same_in_a_row >= _SAME_PAGES:
            what = f"{self._same_in_a_row} pages in a row were there before, and there still is a next one"
            mend = "correct the parameter names in paginator; the server does not seem to know them"
            raise ConnectorError(what, place=place, mend=mend)
        if self._empty_in_a_row >= _EMPTY_PAGES:
            what = f"{self._empty_in_a_row} pages in a row bring no records, and there still is a next one"
            mend = "correct the parameter names in paginator, or set its stop_after_empty_page"
            raise ConnectorError(what, place=place, mend=mend)

    def note(self, page: Page, *, is_empty: bool) -> None:
        """Take note of a page."""
        body = hash(page.body)
        is_same = body in self._bodies and not is_empty
        self._bodies.add(body)
        self._same_in_a_row = self._same_in_a_row + 1 if is_same else 0
        self._empty_in_a_row = self._empty_in_a_row + 1 if is_empty else 0
