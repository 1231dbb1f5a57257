"""How pages follow each other when nobody says it: what the first answer tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_paginators import (
    CursorPaginator,
    HeaderLink,
    JsonLink,
    PageNumber,
    Paginator,
    SinglePage,
)

__all__ = ["detected"]

_PAGES = frozenset({"total_pages", "totalpages", "pages", "page_count", "last_page"})
_NUMBER = frozenset({"page", "current_page", "currentpage", "page_number", "pagenumber"})
_ADDRESS = frozenset({"href", "url"})

Names = tuple[str, ...]


def detected(page: Page) -> Paginator:
    """The paginator that fits a first page.

    In this order, which is dlt's: a `Link` header, an address in an element named next, a number of pages beside the
    number of this one, a value in an element named next. Else it is the only page.

    Raises:
        ConnectorError: When the answer is not JSON.
    """
    if "next" in page.links:
        return HeaderLink(type="header_link")
    following = next(_following(page.document), None)
    if following and _is_address(following[1]):
        return JsonLink(type="json_link", next_url_path=_path(following[0]))
    return _numbered(page.document) or (
        CursorPaginator(type="cursor", cursor_path=_path(following[0]), cursor_param="cursor")
        if following
        else SinglePage()
    )


def _numbered(document: object) -> PageNumber | None:
    """Pages that are counted; where they are counted from is told by the number of the first."""
    pages = next(_named(document, lambda name: name in _PAGES, ()), None)
    number = next(_named(document, lambda name: name in _NUMBER, ()), None)
    if not pages or not number or number[1] not in {0, 1} or not isinstance(pages[1], int):
        return None
    base = int(number[1])
    return PageNumber(type="page_number", base_page=base, page_param="page", total_path=_path(pages[0]))


def _following(document: object) -> Iterator[tuple[Names, str | int | float]]:
    return _named(document, lambda name: name.startswith("next"), (), is_deep=True)


def _named(
    document: object, fits: Callable[[str], bool], above: Names, *, is_deep: bool = False
) -> Iterator[tuple[Names, str | int | float]]:
    """Texts and numbers whose name fits, and where they are; lists are not looked into."""
    for name, value in document.items() if isinstance(document, dict) else ():
        if fits(name.lower()) and isinstance(value, str | int | float) and value != "" and value is not False:
            yield (*above, name), value
        elif is_deep and fits(name.lower()) and isinstance(value, dict):
            yield from _named(value, _ADDRESS.__contains__, (*above, name))
        else:
            yield from _named(value, fits, (*above, name), is_deep=is_deep)


def _is_address(value: str | float) -> bool:
    return isinstance(value, str) and value.startswith(("http", "/", "?"))


def _path(names: Names) -> str:
    return ".".join(f'"{name}"' for name in names)
