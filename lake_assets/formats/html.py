"""The tables of HTML pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lake_assets.formats._binary import BinaryFormat
from lake_assets.formats._line_format import LineOptions

__all__ = ["Html", "HtmlOptions"]


class HtmlOptions(LineOptions):
    """Which table of the page, and whether it has a header.

    Args:
        table: Its number from 1, its id or caption, or `all`, which adds the element `_table`.
        header: Whether its first row names the columns; when not set, the rows of headings alone do.
    """

    table: Annotated[int, Field(gt=0)] | str = 1
    header: bool | None = None


class Html(BinaryFormat):
    """HTML tables. Every element is text, as a reader of the page sees it; cells that span places stand in each."""

    options = HtmlOptions
    reader = "lake_assets.formats.apart.html_tables"
    wanted = "HTML"
    own = ("an HTML page", "an XML document")
