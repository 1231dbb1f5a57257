r"""Dialects beyond RFC 4180: escapes, blanks after separators, separators of several characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lake_assets.formats._csv_dialect import UNCLOSED, CsvDialect

__all__ = ["CsvOddDialect"]


@dataclass(frozen=True)
class CsvOddDialect(CsvDialect):
    r"""A dialect whose records are written anew by the rule, with commas and double quotes, before Polars reads them.

    Args:
        separator: One or more ASCII characters.
        quote: One ASCII character, or empty when quotes mean nothing.
        escape: One ASCII character, or empty. Before a letter or digit it is a character like any other.
        skips_blanks: Whether blanks around a separator are none of the fields.

    >>> CsvOddDialect(",", "'", "\\", skips_blanks=True).read(r"1, 'Don\'t',  x")
    (3, '1,"Don\'t",x')
    """

    escape: str = ""
    skips_blanks: bool = False
    is_plain = False

    def is_marked(self, text: str) -> bool:
        """Whether there is text at all: only a reading tells how many fields there are."""
        return bool(text)

    def read(self, record: str) -> tuple[int, str]:
        """Count the fields of a record, and write it by the rule; see `CsvDialect.read`."""
        found = self._split(record)
        if any(map(self._is_unclosed, found)):
            return UNCLOSED, record
        return self._count(found), ",".join(map(self._by_the_rule, found))

    def read_loosely(self, record: str) -> tuple[int, str]:
        """Like `read`; a quoted field goes on to the first quote before a separator."""
        found = self._split_by(self._loose_field, record)
        if self.quote and any(
            field.startswith(self.quote) and not self._is_enclosed(field) for field in found
        ):
            return UNCLOSED, record
        return len(found), ",".join(map(self._loosely_by_the_rule, found))

    def regular_fields(self, record: str) -> int:
        """The number of fields of a record that keeps the rule of this dialect; 0 when it does not."""
        found = self._split(record)
        return len(found) if all(map(self._is_regular, found)) else 0

    def values(self, record: str) -> list[str]:
        """The values of the fields of a record."""
        return [self._value(field) for field in self._split(record)]

    def opens(self, text: str) -> bool:
        """Whether the text keeps the rule as far as it goes, and ends inside a quoted field."""
        if not self.quote or self.quote not in text or self.regular_fields(text):
            return False
        return self.regular_fields(f"{text}\n{self.quote}") > 0

    def _split(self, record: str) -> list[str]:
        return self._split_by(self._field, record)

    def _split_by(self, pattern: re.Pattern[str], record: str) -> list[str]:
        found = pattern.match(record)
        fields: list[str] = []
        while found:
            fields.append(found[0])
            between = self._between.match(record, found.end())
            found = pattern.match(record, between.end()) if between else None
        return fields

    def _count(self, found: Sequence[str]) -> int:
        is_open = bool(self.quote) and not all(map(self._is_regular, found))
        return super()._count([self._escaped.sub("", field) for field in found]) if is_open else len(found)

    def _is_unclosed(self, field: str) -> bool:
        return not self._is_regular(field) and super()._is_unclosed(self._escaped.sub("", field))

    def _is_regular(self, field: str) -> bool:
        return not self.quote or self.quote not in field or bool(self._quoted.fullmatch(field))

    def _by_the_rule(self, field: str) -> str:
        return _written(self._value(field), is_quoted=bool(self.quote) and field.startswith(self.quote))

    def _loosely_by_the_rule(self, field: str) -> str:
        if not self._is_enclosed(field) or self._quoted.fullmatch(field):
            return self._by_the_rule(field)
        return _written(self._unescaped(field[1:-1]), is_quoted=True)

    def _value(self, field: str) -> str:
        is_enclosed = self.quote and (self._quoted.fullmatch(field) or self._tolerant.fullmatch(field))
        if not is_enclosed:
            return self._unescaped(field)
        return self._unescaped(field[1:-1].replace(self.quote * 2, self.quote))

    def _unescaped(self, text: str) -> str:
        return self._escaped.sub(r"\1", text)

    @cached_property
    def _escaped(self) -> re.Pattern[str]:
        return re.compile(rf"{self._e}([^\w\s])" if self.escape else r"(?!)()")

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        escape = rf"|{self._e}[\s\S]" if self.escape else ""
        plain = f"[^{self._q}{self._e}]++"
        return re.compile(f"{self._q}(?:{plain}|{self._q}{self._q}{escape})*+{self._q}{self._end}")

    @cached_property
    def _tolerant(self) -> re.Pattern[str]:
        return re.compile(f"{self._q}{self._others}{self._q}{self._end}")

    @cached_property
    def _field(self) -> re.Pattern[str]:
        unquoted = f"{self._others}"
        return re.compile(
            f"{self._quoted.pattern}|{self._tolerant.pattern}|{unquoted}" if self.quote else unquoted
        )

    @cached_property
    def _loose_field(self) -> re.Pattern[str]:
        inside = rf"(?:{self._e}[\s\S]|[^{self._e}])*?" if self.escape else r"[\s\S]*?"
        loose = f"{self._q}{inside}{self._q}{self._end}"
        return re.compile(f"{self._quoted.pattern}|{loose}|{self._others}" if self.quote else self._others)

    @cached_property
    def _between(self) -> re.Pattern[str]:
        return re.compile(self._mark)

    @property
    def _others(self) -> str:
        """Characters that are no separator, as few as end before one."""
        escape = rf"{self._e}[\s\S]|" if self.escape else ""
        return rf"(?:{escape}(?!{self._mark})[\s\S])*"

    @property
    def _mark(self) -> str:
        return f"[ ]*{self._s}[ ]*" if self.skips_blanks else self._s

    @property
    def _end(self) -> str:
        return rf"(?={self._mark}|\Z)"

    @property
    def _e(self) -> str:
        return re.escape(self.escape)


def _written(value: str, *, is_quoted: bool) -> str:
    if is_quoted or any(mark in value for mark in ',"\n\r'):
        return '"' + value.replace('"', '""') + '"'
    return value
