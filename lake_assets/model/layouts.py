r"""How files write values that are not text: a layout for numbers, for truth, for days and instants.

A layout is one text, so that it is declared, shown and pinned in one place:

- of numbers, how the file would write 1234.5 (or 1234): `1.234,5`, `1 234`, `1234,5`;
- of truth, the words for true, a slash, the words for false: `ja/nein`, `y|yes/n|no`;
- of days and instants, one or several of chrono's strftime, tried in their order: `%d.%m.%Y|%Y-%m-%d`; `ISO` stands for
  ISO 8601.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lake_assets.model.mapping import ColumnType

__all__ = ["ISO", "NumberLayout", "check_layout", "number_layout", "time_layouts", "truth_words"]

ISO = "ISO"
"""The layout of days and instants that is meant where none is declared."""

_NUMBER = re.compile(r"1(?P<thousands>[^\w+-]|_|)234(?:(?P<decimal>[.,])\d+)?")
_BLANKS = " \u00a0\u202f"


@dataclass(frozen=True)
class NumberLayout:
    """The marks in numbers.

    Args:
        thousands: Between groups of three digits; empty when there is none. A blank means no-break ones as well.
        decimal: Before the fraction.
    """

    thousands: str
    decimal: str

    @property
    def between(self) -> str:
        """A regular expression for what stands between groups of digits; empty when nothing does."""
        return f"[{_BLANKS}]" if self.thousands in {*_BLANKS} else re.escape(self.thousands)

    @property
    def pattern(self) -> str:
        r"""A regular expression for a whole number that is written so, or for one with a fraction.

        >>> bool(re.fullmatch(NumberLayout(".", ",").pattern, "-1.234,5"))
        True
        >>> bool(re.fullmatch(NumberLayout(".", ",").pattern, "1.23,5"))
        False
        """
        whole = rf"(?:[0-9]{{1,3}}(?:{self.between}[0-9]{{3}})+|[0-9]+)" if self.thousands else "[0-9]+"
        return rf"^[+-]?{whole}(?:{re.escape(self.decimal)}[0-9]+)?(?:[eE][+-]?[0-9]+)?$"


def number_layout(layout: str) -> NumberLayout:
    """Read the marks off an example.

    Raises:
        ValueError: When it is not how 1234 or 1234.5 could be written.

    >>> number_layout("1.234,5"), number_layout("1 234")
    (NumberLayout(thousands='.', decimal=','), NumberLayout(thousands=' ', decimal='.'))
    """
    found = _NUMBER.fullmatch(layout)
    if found is None or found["thousands"] == found["decimal"]:
        raise ValueError("it must be how 1234.5 is written, such as 1.234,5")
    thousands = found["thousands"]
    return NumberLayout(thousands, found["decimal"] or ("," if thousands == "." else "."))


def truth_words(layout: str) -> tuple[list[str], list[str]]:
    """The words for true and for false, in lower case.

    Raises:
        ValueError: When either has none, or they share one.

    >>> truth_words("Ja|J/Nein|N")
    (['ja', 'j'], ['nein', 'n'])
    """
    sides = [[word.strip() for word in side.lower().split("|")] for side in layout.split("/")]
    if len(sides) != 2 or not all(map(all, sides)) or set(sides[0]) & set(sides[1]):  # noqa: PLR2004 (two sides)
        raise ValueError("it must be words for true and words for false, such as ja|j/nein|n")
    return sides[0], sides[1]


def time_layouts(layout: str) -> list[str]:
    """The layouts of days or instants, in the order in which they are tried.

    Raises:
        ValueError: When one of them names no part of a time.

    >>> time_layouts("%d.%m.%Y | ISO")
    ['%d.%m.%Y', 'ISO']
    """
    found = [each.strip() for each in layout.split("|")]
    if not all("%" in each or each == ISO for each in found):
        raise ValueError("it must name parts of a time, such as %d/%m/%Y")
    return found


def check_layout(kind: ColumnType, layout: str) -> None:
    """See whether columns of a type can have a layout.

    Raises:
        ValueError: When they cannot.
    """
    if kind in {ColumnType.INT, ColumnType.FLOAT}:
        number_layout(layout)
    elif kind is ColumnType.BOOL:
        truth_words(layout)
    elif kind in {ColumnType.DATE, ColumnType.DATETIME}:
        time_layouts(layout)
    else:
        raise ValueError(f"{kind} columns have no layout")
