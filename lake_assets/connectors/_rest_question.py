"""What is asked of an API for one dataset, and the pages that come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lake_assets.connectors._http_errors import require_status
from lake_assets.connectors._rest_auth import Private
from lake_assets.connectors._rest_options import RestDatasetOptions
from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_paging import first_request, must_count, next_request
from lake_assets.connectors._rest_state import Cursor
from lake_assets.connectors._site import Site
from lake_assets.connectors._urls import Query, joined, with_query
from lake_assets.errors import ConnectorError

__all__ = ["Question", "pages"]

_WANTED = frozenset({200, 203, 204})
_COMPRESSED = {"Accept-Encoding": "gzip, deflate"}
_STALE_PAGES = 100


@dataclass(frozen=True)
class Question:
    """What is asked of a site for one dataset.

    Args:
        base: The base URL.
        request: The first request of a pull, relative to it, before what paginator and incremental add.
        options: Of the dataset.
        private: What goes with every request and is remembered nowhere.
        place: For errors.
    """

    base: str
    request: str
    options: RestDatasetOptions
    private: Private
    place: str

    @property
    def sees_records(self) -> bool:
        """Whether records are looked at, and not bytes alone."""
        return bool(
            self.options.incremental or self.options.data_selector or must_count(self.options.paginator)
        )

    def start(self, cursor: Cursor | None) -> str:
        """The first request of a pull of what is past a cursor."""
        asked: Query = {}
        if incremental := self.options.incremental:
            value = incremental.initial_value if cursor is None else cursor
            asked = {} if value is None else {incremental.param: str(value)}
        return first_request(with_query(self.request, asked), self.options.paginator)


def pages(site: Site, question: Question, first: str) -> Iterator[tuple[Page, str | None]]:
    """Each page from the first on, and the request for the next: None after the last.

    Raises:
        ConnectorError: When a page cannot be had, or the pages have no end.
    """
    request: str | None = first
    asked, stale_in_a_row, before = set[str](), 0, b""
    while request is not None:
        _require_progress(request, asked, stale_in_a_row, question.place)
        asked.add(request)
        page = _read(site, question, request)
        request = next_request(
            page, question.options.paginator, question.base, frozenset(question.private.query)
        )
        is_stale = page.body == before or (question.sees_records and not page.records)
        stale_in_a_row, before = stale_in_a_row + 1 if is_stale else 0, page.body
        yield page, request


def _read(site: Site, question: Question, request: str) -> Page:
    place = f"{question.place}, GET {request}"
    url = with_query(joined(question.base, request), question.private.query)
    with site.get(url, place, _COMPRESSED) as response:
        require_status(response, place, _WANTED)
        body = b"".join(_bounded(site.chunks(response, place), question.options.max_page_bytes, place))
        links = {name: link["url"] for name, link in response.links.items()}
        page = Page(request, response.url, body, links, question.options.data_selector, place)
    _require_declared_pages(page, question)
    return page


def _bounded(chunks: Iterator[bytes], limit_bytes: int, place: str) -> Iterator[bytes]:
    size_bytes = 0
    for chunk in chunks:
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            what = f"a page has more than {limit_bytes:,} bytes"
            raise ConnectorError(what, place=place, mend="ask for smaller pages, or raise max_page_bytes")
        yield chunk


def _require_progress(request: str, asked: set[str], stale_in_a_row: int, place: str) -> None:
    if request in asked:
        mend = "correct paginator; else the server's paging is at fault"
        raise ConnectorError("the pages go in a circle", place=f"{place}, GET {request}", mend=mend)
    if stale_in_a_row >= _STALE_PAGES:
        what = f"{stale_in_a_row} pages in a row bring no other records, and there still is a next one"
        mend = "correct the parameter names in paginator, or set its stop_after_empty_page"
        raise ConnectorError(what, place=f"{place}, GET {request}", mend=mend)


def _require_declared_pages(page: Page, question: Question) -> None:
    if question.options.paginator is None and "next" in page.links:
        what = "the server has more pages, and no paginator is declared"
        raise ConnectorError(
            what, place=page.place, mend="declare paginator: header_link, or single_page for the first"
        )
