"""XML files."""

from __future__ import annotations

import re

from pydantic import field_validator

from lake_assets.formats._binary import BinaryFormat
from lake_assets.formats.protocol import FormatOptions

__all__ = ["Xml", "XmlOptions"]

_NAME = r"[^/\s@*\[\]]+"
_PATH = re.compile(rf"(?:/?{_NAME}(?:/{_NAME})*)?")


class XmlOptions(FormatOptions):
    """Where the records are.

    Args:
        records: The path of the elements that are records, from the root on, such as `catalog/books/book`; names
            without namespaces. Empty: all children of the root.
    """

    records: str = ""

    @field_validator("records")
    @classmethod
    def _is_a_path(cls, path: str) -> str:
        if not _PATH.fullmatch(path):
            raise ValueError(f"{path!r} is no path of element names, such as catalog/book")
        return path


class Xml(BinaryFormat):
    """XML. Elements are text; nested ones are structs, repeated ones lists, attributes members under `@name`.

    Entities, document types and the network are off.
    """

    options = XmlOptions
    reader = "lake_assets.formats.apart.xml_records"
    wanted = "XML"
    own = ("an XML document",)
