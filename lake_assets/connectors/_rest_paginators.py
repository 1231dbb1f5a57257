"""How pages of an API follow each other, declared under the names that dlt gives them."""

from __future__ import annotations

from typing import Annotated, Literal

import jmespath  # type: ignore[import-untyped]  # the package has no types
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]  # the package has no types
from pydantic import AfterValidator, BeforeValidator, Field

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = [
    "CursorPaginator",
    "HeaderLink",
    "JmesPath",
    "JsonLink",
    "LinkPaginator",
    "Offset",
    "PageNumber",
    "Paginator",
    "SinglePage",
]


def _compiles(path: str) -> str:
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise ValueError(f"not a JMESPath: {path!r}") from error
    return path


def _by_name(paginator: object) -> object:
    return {"type": paginator} if isinstance(paginator, str) else paginator


JmesPath = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]


class SinglePage(ConnectorOptions):
    """All records are in one answer."""

    type: Literal["single_page"] = "single_page"


class PageNumber(ConnectorOptions):
    """Pages are counted, from `base_page` until one is empty or `total_path` says it was the last."""

    type: Literal["page_number"]
    base_page: int = 0
    page_param: str = "page"
    total_path: JmesPath | None = None
    maximum_page: int | None = None


class Offset(ConnectorOptions):
    """Records are counted, until a page is empty or `total_path` says how many there are."""

    type: Literal["offset"]
    limit: int = Field(gt=0)
    offset: int = 0
    offset_param: str = "offset"
    limit_param: str = "limit"
    total_path: JmesPath | None = None
    maximum_offset: int | None = None


class LinkPaginator(ConnectorOptions):
    """The answer names the next page, until it names none.

    Args:
        stop_after_empty_page: Whether a page without records is the last even if it names a next one.
    """

    stop_after_empty_page: bool = False


class CursorPaginator(LinkPaginator):
    """The answer holds a value that the next request sends."""

    type: Literal["cursor"]
    cursor_path: JmesPath
    cursor_param: str


class JsonLink(LinkPaginator):
    """The answer holds the address of the next page."""

    type: Literal["json_link"]
    next_url_path: JmesPath = "next"


class HeaderLink(LinkPaginator):
    """The `Link` header holds the address of the next page."""

    type: Literal["header_link"]
    links_next_key: str = "next"


Paginator = Annotated[
    Annotated[
        SinglePage | PageNumber | Offset | CursorPaginator | JsonLink | HeaderLink,
        Field(discriminator="type"),
    ],
    BeforeValidator(_by_name),
]
