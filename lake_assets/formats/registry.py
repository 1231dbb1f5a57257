"""The format that a kind stands for."""

from __future__ import annotations

from typing import cast

from lake_assets.extensions import load_kind
from lake_assets.formats._unpacking import Unpacking
from lake_assets.formats.protocol import Format
from lake_assets.model import Dataset

__all__ = ["format_class", "open_format"]


def format_class(kind: str) -> type[Format]:
    """The class of a kind.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    return cast("type[Format]", load_kind("formats", kind))


def open_format(dataset: Dataset) -> Format:
    """Make the format of a dataset, which looks into archives too; nothing outside is touched yet."""
    return cast("Format", Unpacking(format_class(dataset.format)(dataset), dataset))
