"""From one page to the request for the next."""

from __future__ import annotations

from urllib.parse import urljoin

from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_paginators import (
    Counting,
    CursorPaginator,
    HeaderCursor,
    HeaderLink,
    JsonLink,
    LinkPaginator,
    Offset,
    PageNumber,
    Paginator,
)
from lake_assets.connectors._rest_request import Request
from lake_assets.connectors._urls import host_of, relative, without_query
from lake_assets.errors import ConnectorError

__all__ = ["first_request", "must_count", "next_request"]


def first_request(request: Request, paginator: Paginator | None) -> Request:
    """Add what the paginator sends with the first request.

    >>> first_request(Request("items"), Offset(type="offset", limit=10)).target
    'items?offset=0&limit=10'
    """
    match paginator:
        case PageNumber():
            first = paginator.base_page if paginator.page is None else paginator.page
            return request.with_value(_page_param(paginator), paginator.page_body_path, first)
        case Offset():
            started = request.with_value(
                _offset_param(paginator), paginator.offset_body_path, paginator.offset
            )
            return started.with_value(_limit_param(paginator), paginator.limit_body_path, paginator.limit)
        case _:
            return request


def must_count(paginator: Paginator | None) -> bool:
    """Whether the paginator has to see the records of a page."""
    stops = isinstance(paginator, Counting | LinkPaginator) and paginator.stop_after_empty_page
    return stops or isinstance(paginator, Offset)


def next_request(
    page: Page, paginator: Paginator | None, base: str, private: frozenset[str]
) -> Request | None:
    """The request for the page after this one; None after the last.

    Args:
        page: The page that is there.
        paginator: How pages follow each other.
        base: The base URL.
        private: Names of parameters that are sent with every request and must not be remembered.

    Raises:
        ConnectorError: When the answer does not say what it should, or names another host.
    """
    if _is_last(page, paginator):
        return None
    match paginator:
        case PageNumber():
            return _next_number(page, paginator)
        case Offset():
            return _next_offset(page, paginator)
        case LinkPaginator():
            return _linked(page, paginator, base, private)
        case _:
            return None


def _is_last(page: Page, paginator: Paginator | None) -> bool:
    """Whether the answer itself says that no page follows."""
    if (
        isinstance(paginator, Counting | LinkPaginator)
        and paginator.stop_after_empty_page
        and not page.has_records
    ):
        return True
    path = paginator.has_more_path if isinstance(paginator, Counting | CursorPaginator) else None
    return path is not None and not _has_more(page, path)


def _linked(page: Page, paginator: LinkPaginator, base: str, private: frozenset[str]) -> Request | None:
    match paginator:
        case CursorPaginator():
            token = _token(page, paginator.cursor_path)
            param = paginator.cursor_param or (None if paginator.cursor_body_path else "cursor")
            return page.request.with_value(param, paginator.cursor_body_path, token) if token else None
        case HeaderCursor():
            sent = page.headers.get(paginator.cursor_key)
            return page.request.with_query({paginator.cursor_param: sent}) if sent else None
        case JsonLink():
            return _below(_token(page, paginator.next_url_path), page, base, private)
        case HeaderLink():
            return _below(page.links.get(paginator.links_next_key), page, base, private)
        case _:
            return None


def _page_param(paginator: PageNumber) -> str | None:
    return paginator.page_param or (None if paginator.page_body_path else "page")


def _offset_param(paginator: Offset) -> str | None:
    return paginator.offset_param or (None if paginator.offset_body_path else "offset")


def _limit_param(paginator: Offset) -> str | None:
    return paginator.limit_param or (None if paginator.limit_body_path else "limit")


def _next_number(page: Page, paginator: PageNumber) -> Request | None:
    # A request that was remembered under another paginator lacks its number.
    asked = page.request.value(_page_param(paginator), paginator.page_body_path)
    number = (paginator.base_page if asked is None else asked) + 1
    pages = _total(page, paginator.total_path)
    over = pages is not None and number - paginator.base_page >= pages
    over |= paginator.maximum_page is not None and number > paginator.maximum_page
    return None if over else page.request.with_value(_page_param(paginator), paginator.page_body_path, number)


def _next_offset(page: Page, paginator: Offset) -> Request | None:
    asked = page.request.value(_offset_param(paginator), paginator.offset_body_path)
    # As many as came: a server may give fewer than `limit`.
    offset = (paginator.offset if asked is None else asked) + page.record_count
    records = _total(page, paginator.total_path)
    over = records is not None and offset >= records
    over |= paginator.maximum_offset is not None and offset > paginator.maximum_offset
    return (
        None
        if over
        else page.request.with_value(_offset_param(paginator), paginator.offset_body_path, offset)
    )


def _total(page: Page, path: str | None) -> int | None:
    if path is None:
        return None
    total = page.value(path)
    if isinstance(total, bool) or not isinstance(total, int):
        raise ConnectorError(
            f"no number is found at {path}", place=page.place, mend="correct paginator.total_path"
        )
    return total


def _has_more(page: Page, path: str) -> bool:
    said = page.value(path)
    if isinstance(said, str) and said.lower() in {"true", "false"}:
        return said.lower() == "true"
    if not isinstance(said, bool):
        what = f"neither true nor false is found at {path}"
        raise ConnectorError(what, place=page.place, mend="correct paginator.has_more_path")
    return said


def _token(page: Page, path: str) -> str | None:
    token = page.value(path)
    if token is None or token is False or token == "":
        return None
    if not isinstance(token, str | int | float):
        what = f"what is found at {path} names no page: it is a {type(token).__name__}"
        raise ConnectorError(what, place=page.place, mend="correct the path in paginator")
    return str(token)


def _below(link: str | None, page: Page, base: str, private: frozenset[str]) -> Request | None:
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
    return Request(without_query(relative(url, base), private), page.request.body)
