"""Whether the beginning of a file tells what it holds."""

from __future__ import annotations

import json
from enum import Enum

from lake_assets.errors import DecodeError
from lake_assets.formats import FileBytes, media_of
from lake_assets.model import LandedFile

__all__ = ["Nature", "media_kind", "nature_of"]

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""Byte order marks of text whose characters are not cut at a line feed byte."""

_WHOLE = {"ole", "opendocument", "ooxml", "zip", "tar", "parquet", "arrow", "avro", "xml", "html"}


class Nature(Enum):
    """What a file is made of.

    `LINES` that can be understood one by one; a `WHOLE` that is read from beginning to end, or from its end;
    something `OPAQUE` that is kept and not read.
    """

    LINES = "lines"
    WHOLE = "whole"
    OPAQUE = "opaque"


def media_kind(file: LandedFile, location: str) -> str:
    """What the file is by its first bytes, seen through compression; empty when there is none."""
    try:
        return media_of(FileBytes(file, location).head).kind
    except DecodeError:
        return ""


def nature_of(file: LandedFile, location: str) -> Nature:
    """What a file is made of, by its first 64 KiB."""
    kind = media_kind(file, location)
    if kind in _WHOLE or not kind:
        return Nature.WHOLE
    if kind not in {"text", "unknown"}:
        return Nature.OPAQUE
    head = FileBytes(file, location).head
    return Nature.WHOLE if head.startswith(_WIDE) or _is_document(head) else Nature.LINES


def _is_document(head: bytes) -> bool:
    """Whether the text is one JSON document, and not a line for each."""
    try:
        text = head.decode(json.detect_encoding(head), "ignore").lstrip("\ufeff \t\r\n")
    except LookupError:
        return False
    if not text.startswith(("{", "[")):
        return False
    first, _, rest = text.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return True
    return not rest.strip()
