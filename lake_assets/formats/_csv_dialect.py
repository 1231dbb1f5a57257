"""How fields and records stand in CSV text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

__all__ = ["TORN", "UNCLOSED", "CsvDialect"]

UNCLOSED = 0
"""The number of fields of a record that opens a quote and never closes it."""
TORN = -1
"""That of a record where a quote opens within a field and closes at the end of another one: what stands between may be
one field or several."""


@dataclass(frozen=True)
class CsvDialect:
    r"""A separator and a quote character, with RFC 4180 as the rule and a tolerant reading of what breaks it.

    Args:
        separator: One ASCII character.
        quote: One ASCII character, or empty when quotes mean nothing.

    >>> CsvDialect(",", '"').read('a,"b,c",d')
    (3, 'a,"b,c",d')
    >>> CsvDialect(",", '"').read('1,"He said "no" twice"')
    (2, '1,"He said ""no"" twice"')
    """

    separator: str
    quote: str
    is_plain: ClassVar[bool] = True
    """Whether Polars can read its records as they stand."""

    def is_marked(self, text: str) -> bool:
        """Whether counting separators is not enough to tell the fields of a line."""
        return bool(self.quote) and self.quote in text

    def read(self, record: str) -> tuple[int, str]:
        """Count the fields of a record.

        Where quotes break the rule, a separator always separates, and a quote that does not enclose a whole field
        is a character like any other: no character is lost.

        Args:
            record: Its text without the line end.

        Returns:
            The number of fields, and the record written by the rule; `UNCLOSED` when a field opens a quote and does
            not close it, `TORN` when a quote within a field may have its fellow at the end of another.
        """
        if fields := self.regular_fields(record):
            return fields, record
        found = self._split(record)
        if any(map(self._is_unclosed, found)):
            return UNCLOSED, record
        return self._count(found), self.separator.join(map(self._by_the_rule, found))

    def read_loosely(self, record: str) -> tuple[int, str]:
        """Like `read`, but a quoted field goes on to the first quote that stands before a separator.

        So that a stray quote inside a quoted field is a character, also where separators stand in that field. That can
        be wrong, so take it only where it gives the number of fields that is wanted.
        """
        found = self._split_by(self._loose_field, record)
        if any(field.startswith(self.quote) and not self._is_enclosed(field) for field in found):
            return UNCLOSED, record
        return len(found), self.separator.join(map(self._loosely_by_the_rule, found))

    def regular_fields(self, record: str) -> int:
        """The number of fields of a record that keeps the rule; 0 when it does not."""
        if not self.quote or self.quote not in record:
            return record.count(self.separator) + 1
        pieces = record.split(self.quote)
        outside = pieces[::2]
        outside[0] = f"{self.separator}{outside[0]}"
        outside[-1] = f"{outside[-1]}{self.separator}"
        if len(pieces) % 2 == 0 or not all(map(self._is_between, set(outside))):
            return 0
        return "".join(outside).count(self.separator) - 1

    def _is_between(self, piece: str) -> bool:
        """Whether a piece between quotes separates two fields, or is the nothing within a doubled quote."""
        return not piece or piece[0] == piece[-1] == self.separator

    def values(self, record: str) -> list[str]:
        """The values of the fields of a record."""
        if not self.quote or self.quote not in record:
            return record.split(self.separator)
        return [self._value(field) for field in self._split(record)]

    def opens(self, text: str) -> bool:
        """Whether the text keeps the rule as far as it goes, and ends inside a quoted field."""
        is_odd = bool(self.quote) and text.count(self.quote) % 2 == 1
        return is_odd and self.regular_fields(f"{text}{self.quote}") > 0

    def _count(self, found: Sequence[str]) -> int:
        """How many fields were found, unless a quoted one may have been cut."""
        stray = [field for field in found if not field.startswith(self.quote) and field.count(self.quote) % 2]
        opened = [number for number, field in enumerate(stray) if self._opening.search(field)]
        closed = [number for number, field in enumerate(stray) if field.endswith(self.quote)]
        return TORN if opened and closed and opened[0] < closed[-1] else len(found)

    def _split(self, record: str) -> list[str]:
        return self._split_by(self._field, record)

    def _split_by(self, pattern: re.Pattern[str], record: str) -> list[str]:
        fields = [pattern.match(record)]
        while fields[-1] and fields[-1].end() < len(record):
            fields.append(pattern.match(record, fields[-1].end() + 1))
        return [field[0] for field in fields if field]

    def _is_unclosed(self, field: str) -> bool:
        is_odd = field.startswith(self.quote) and field.count(self.quote) % 2 == 1
        return is_odd and not self._tolerant.fullmatch(field)

    def _by_the_rule(self, field: str) -> str:
        if self.quote not in field or self._quoted.fullmatch(field):
            return field
        return f"{self.quote}{self._value(field).replace(self.quote, self.quote * 2)}{self.quote}"

    def _loosely_by_the_rule(self, field: str) -> str:
        if not self._is_enclosed(field) or self._quoted.fullmatch(field):
            return self._by_the_rule(field)
        return f"{self.quote}{field[1:-1].replace(self.quote, self.quote * 2)}{self.quote}"

    def _is_enclosed(self, field: str) -> bool:
        return bool(self.quote) and len(field) > 1 and field[0] == field[-1] == self.quote

    def _value(self, field: str) -> str:
        is_enclosed = self.quote and (self._quoted.fullmatch(field) or self._tolerant.fullmatch(field))
        return field[1:-1].replace(self.quote * 2, self.quote) if is_enclosed else field

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        """A field that keeps the rule."""
        return re.compile(f"{self._q}(?:[^{self._q}]++|{self._q}{self._q})*+{self._q}{self._end}")

    @cached_property
    def _tolerant(self) -> re.Pattern[str]:
        return re.compile(f"{self._q}[^{self._s}]*{self._q}{self._end}")

    @cached_property
    def _field(self) -> re.Pattern[str]:
        return re.compile(f"{self._quoted.pattern}|{self._tolerant.pattern}|[^{self._s}]*")

    @cached_property
    def _loose_field(self) -> re.Pattern[str]:
        loose = rf"{self._q}[\s\S]*?{self._q}{self._end}"
        return re.compile(f"{self._quoted.pattern}|{loose}|[^{self._s}]*")

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        """A quote before a word; an apostrophe between letters is one of them."""
        before = r"(?<![^\W\d])" if self.quote == "'" else ""
        return re.compile(rf"{before}{self._q}[^\s{self._q}]")

    @property
    def _end(self) -> str:
        return rf"(?={self._s}|\Z)"

    @property
    def _s(self) -> str:
        return re.escape(self.separator)

    @property
    def _q(self) -> str:
        return re.escape(self.quote)
