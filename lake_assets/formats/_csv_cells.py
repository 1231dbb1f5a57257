"""What the cells of CSV text look like, for guesses about how a file is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["TEXT", "cell_kind", "common_kind", "is_name"]

TEXT = "text"

_NULLS = {"", "na", "n/a", "nan", "null", "none", "nil", "-", "--", "...", "..", "*", "?", "#n/a", "missing"}
_INT = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(
    r"[(+-]?[$€£¥]? ?[+-]?(?:\d+|\d{1,3}(?:[.,' ]\d{3})+)?(?:[.,]\d+)?(?:[eE][+-]?\d+)? ?[%€$£¥)]?"
)
_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d\d))(?:[T ]\d{1,2}:\d\d.*)?"
)
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[apAP][mM])?")
_LETTER = re.compile(r"[^\W\d]")


def cell_kind(cell: str) -> str:
    """What a cell looks like: `int`, `number`, `date`, `time`, `text`, or nothing for what stands for null.

    >>> [cell_kind(cell) for cell in ("7", "$1,234.50", "24/12/2023", "08:15", "NA", "Bonn")]
    ['int', 'number', 'date', 'time', '', 'text']
    """
    cell = cell.strip()
    if cell.lower() in _NULLS:
        return ""
    if not any(map(str.isdigit, cell)):
        return TEXT
    patterns = {"int": _INT, "number": _NUMBER, "date": _DATE, "time": _TIME}
    return next((kind for kind, pattern in patterns.items() if pattern.fullmatch(cell)), TEXT)


def common_kind(cells: Iterable[str]) -> str:
    """The kind of all cells that stand for something; whole numbers are numbers among others. Text if they differ."""
    kinds = {cell_kind(cell) for cell in cells} - {""}
    if kinds == {"int", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else TEXT


def is_name(cell: str) -> bool:
    """Whether a cell can be what an element is called."""
    return cell_kind(cell) == TEXT and bool(_LETTER.search(cell))
