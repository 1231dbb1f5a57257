"""From one page to the request for the next."""

from __future__ import annotations

from urllib.parse import urljoin

from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_paginators import (
    CursorPaginator,
    HeaderLink,
    JsonLink,
    LinkPaginator,
    Offset,
    PageNumber,
    Paginator,
)
from lake_assets.connectors._urls import host_of, query_of, relative, with_query, without_query
from lake_assets.errors import ConnectorError

__all__ = ["first_request", "must_count", "next_request"]


def first_request(request: str, paginator: Paginator | None) -> str:
    """Add what the paginator sends with the first request.

    >>> first_request("items", Offset(type="offset", limit=10))
    'items?offset=0&limit=10'
    """
    match paginator:
        case PageNumber():
            return with_query(request, {paginator.page_param: str(paginator.base_page)})
        case Offset():
            start = {
                paginator.offset_param: str(paginator.offset),
                paginator.limit_param: str(paginator.limit),
            }
            return with_query(request, start)
        case _:
            return request


def must_count(paginator: Paginator | None) -> bool:
    """Whether the paginator has to see the records of a page."""
    return isinstance(paginator, PageNumber | Offset) or (
        isinstance(paginator, LinkPaginator) and paginator.stop_after_empty_page
    )


def next_request(page: Page, paginator: Paginator | None, base: str, private: frozenset[str]) -> str | None:
    """The request for the page after this one, relative to the base; None after the last.

    Args:
        page: The page that is there.
        paginator: How pages follow each other.
        base: The base URL.
        private: Names of parameters that are sent with every request and must not be remembered.

    Raises:
        ConnectorError: When the answer does not say what it should, or names another host.
    """
    if must_count(paginator) and not page.records:
        return None
    match paginator:
        case PageNumber():
            return _next_number(page, paginator)
        case Offset():
            return _next_offset(page, paginator)
        case CursorPaginator() | JsonLink() | HeaderLink():
            return _linked(page, paginator, base, private)
        case _:
            return None


def _linked(
    page: Page, paginator: CursorPaginator | JsonLink | HeaderLink, base: str, private: frozenset[str]
) -> str | None:
    match paginator:
        case CursorPaginator():
            token = _token(page, paginator.cursor_path)
            return token and with_query(page.request, {paginator.cursor_param: token})
        case JsonLink():
            return _below(_token(page, paginator.next_url_path), page, base, private)
        case HeaderLink():
            return _below(page.links.get(paginator.links_next_key), page, base, private)


def _next_number(page: Page, paginator: PageNumber) -> str | None:
    number = _number(page, paginator.page_param, paginator.base_page) + 1
    pages = _total(page, paginator.total_path)
    over = pages is not None and number - paginator.base_page >= pages
    over |= paginator.maximum_page is not None and number > paginator.maximum_page
    return None if over else with_query(page.request, {paginator.page_param: str(number)})


def _next_offset(page: Page, paginator: Offset) -> str | None:
    # As many as came: a server may give fewer than `limit`.
    offset = _number(page, paginator.offset_param, paginator.offset) + len(page.records)
    records = _total(page, paginator.total_path)
    over = records is not None and offset >= records
    over |= paginator.maximum_offset is not None and offset > paginator.maximum_offset
    return None if over else with_query(page.request, {paginator.offset_param: str(offset)})


def _number(page: Page, param: str, default: int) -> int:
    # A request that was remembered under another paginator lacks it.
    return int(query_of(page.request).get(param, default))


def _total(page: Page, path: str | None) -> int | None:
    if path is None:
        return None
    total = page.value(path)
    if isinstance(total, bool) or not isinstance(total, int):
        raise ConnectorError(
            f"no number is found at {path}", place=page.place, mend="correct paginator.total_path"
        )
    return total


def _token(page: Page, path: str) -> str | None:
    token = page.value(path)
    if token is None or token is False or token == "":
        return None
    if not isinstance(token, str | int | float):
        what = f"what is found at {path} names no page: it is a {type(token).__name__}"
        raise ConnectorError(what, place=page.place, mend="correct the path in paginator")
    return str(token)


def _below(link: str | None, page: Page, base: str, private: frozenset[str]) -> str | None:
    if not link:
        return None
    try:
        url = urljoin(page.url, link)
        host = host_of(url)
    except ValueError:
        host, url = "", ""
    if host != host_of(base):
        what = f"the next page is on another host: {host or 'none'}, not {host_of(base)}"
        raise ConnectorError(
            what, place=page.place, mend="correct base_url; credentials go to its host alone"
        )
    return without_query(relative(url, base), private)
