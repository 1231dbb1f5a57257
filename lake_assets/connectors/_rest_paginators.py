"""How pages of an API follow each other, declared under the names that dlt gives them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from lake_assets.connectors._rest_path import JmesPath
from lake_assets.connectors.protocol import ConnectorOptions

__all__ = [
    "Auto",
    "Counting",
    "CursorPaginator",
    "HeaderCursor",
    "HeaderLink",
    "JsonLink",
    "LinkPaginator",
    "Offset",
    "PageNumber",
    "Paginator",
    "SinglePage",
]

BodyPath = Annotated[str, Field(min_length=1, pattern=r"^[^.]+(\.[^.]+)*$")]
"""Where a value stands in the body of a request: names joined by dots."""


class SinglePage(ConnectorOptions):
    """All records are in one answer."""

    type: Literal["single_page"] = "single_page"


class Auto(ConnectorOptions):
    """The first answer tells: a `Link` to a next page, an address or cursor named next, a number of pages."""

    type: Literal["auto"] = "auto"


class Counting(ConnectorOptions):
    """Requests are counted, until a page is empty or an answer says that it was the last.

    Args:
        total_path: Where an answer holds how many there are.
        has_more_path: Where an answer says whether there are more.
        stop_after_empty_page: Whether a page without records is the last.
    """

    total_path: JmesPath | None = None
    has_more_path: JmesPath | None = None
    stop_after_empty_page: bool = True


class PageNumber(Counting):
    """Pages are counted from `base_page`, the first of them being `page`; `total_path` holds a number of pages."""

    type: Literal["page_number"]
    base_page: int = 0
    page: int | None = None
    page_param: str | None = None
    page_body_path: BodyPath | None = None
    maximum_page: int | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        _require_an_end(self, self.maximum_page)
        return self


class Offset(Counting):
    """Records are counted from `offset`; `total_path` holds a number of records."""

    type: Literal["offset"]
    limit: int = Field(gt=0)
    offset: int = 0
    offset_param: str | None = None
    offset_body_path: BodyPath | None = None
    limit_param: str | None = None
    limit_body_path: BodyPath | None = None
    maximum_offset: int | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        _require_an_end(self, self.maximum_offset)
        return self


class LinkPaginator(ConnectorOptions):
    """The answer names the next page, until it names none.

    Args:
        stop_after_empty_page: Whether a page without records is the last even if it names a next one.
    """

    stop_after_empty_page: bool = False


class CursorPaginator(LinkPaginator):
    """The answer holds a value that the next request sends."""

    type: Literal["cursor"]
    cursor_path: JmesPath = "cursors.next"
    cursor_param: str | None = None
    cursor_body_path: BodyPath | None = None
    has_more_path: JmesPath | None = None


class HeaderCursor(LinkPaginator):
    """A header of the answer holds a value that the next request sends."""

    type: Literal["header_cursor"]
    cursor_key: str = "next"
    cursor_param: str = "cursor"


class JsonLink(LinkPaginator):
    """The answer holds the address of the next page."""

    type: Literal["json_link", "json_response"]
    next_url_path: JmesPath = "next"


class HeaderLink(LinkPaginator):
    """The `Link` header holds the address of the next page."""

    type: Literal["header_link"]
    links_next_key: str = "next"


def _require_an_end(paginator: Counting, maximum: int | None) -> None:
    tells = (paginator.stop_after_empty_page, paginator.total_path, paginator.has_more_path)
    if maximum is None and not any(tells):
        raise ValueError("the pages have no end: declare stop_after_empty_page, total_path or has_more_path")


def _by_name(paginator: object) -> object:
    if isinstance(paginator, dict) and "type" not in paginator:
        return {"type": "auto", **paginator}
    return {"type": paginator} if isinstance(paginator, str) else paginator


Paginator = Annotated[
    Annotated[
        SinglePage | Auto | PageNumber | Offset | CursorPaginator | HeaderCursor | JsonLink | HeaderLink,
        Field(discriminator="type"),
    ],
    BeforeValidator(_by_name),
]
