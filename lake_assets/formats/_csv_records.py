"""Lines of CSV text to records."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from lake_assets.formats._csv_dialect import TORN, UNCLOSED, CsvDialect

__all__ = ["CsvRecords"]

_RECORD_CHARACTERS = 16 << 20

_Record = tuple[str, int, str]
"""The text as it stands, the number of fields, `UNCLOSED` or `TORN`, and the text written by the rule."""


class CsvRecords:
    """The records of a file, in order; every line is in one of them, except empty lines between records.

    A record goes on over line ends inside a quoted field. When the quote is not closed within 16 Mi characters, or what
    follows breaks the rule, the line alone is a bad record and the next line begins a new one: one stray quote costs
    one line, not the rest of the file.

    Args:
        lines: Without line feeds; a carriage return before the line feed may still be there.
        dialect: How fields and quotes are written.
    """

    def __init__(self, lines: Iterable[str], dialect: CsvDialect) -> None:
        """Begin before the first line."""
        self._lines = iter(lines)
        self._returned: deque[str] = deque()
        self._dialect = dialect

    def header(self) -> _Record | None:
        """The first record that is not an empty line; None when there is none."""
        return next(self.following(width=0), None)

    def following(self, width: int) -> Iterator[_Record]:
        """The records not taken yet.

        Args:
            width: The number of fields expected. With one field an empty line is a record that holds null.
        """
        separator, is_marked = self._dialect.separator, self._dialect.is_marked
        while (line := self._take()) is not None:
            text = line.removesuffix("\r")
            if text and is_marked(text):
                yield self._quoted(line, text, width)
            elif text or width == 1:
                yield text, text.count(separator) + 1, text

    def _take(self) -> str | None:
        return self._returned.popleft() if self._returned else next(self._lines, None)

    def _quoted(self, line: str, text: str, width: int) -> _Record:
        if not self._dialect.opens(text):
            return self._on_one_line(text, width)
        taken = list(self._until_closed())
        whole = "\n".join([line, *taken]).removesuffix("\r")
        if self._dialect.regular_fields(whole):
            return whole, *self._dialect.read(whole)
        self._returned.extendleft(reversed(taken))
        fields, regular = self._dialect.read_loosely(text)
        return (text, fields, regular) if fields == width and regular != text else (text, UNCLOSED, text)

    def _on_one_line(self, text: str, width: int) -> _Record:
        fields, regular = self._dialect.read(text)
        if fields not in {width, TORN} and width:
            loosely = self._dialect.read_loosely(text)
            fields, regular = loosely if loosely[0] == width else (fields, regular)
        return text, fields, regular

    def _until_closed(self) -> Iterator[str]:
        """The lines that go on with a quoted field left open, up to the one that closes it or breaks the rule."""
        size = 0
        while size < _RECORD_CHARACTERS and (line := self._take()) is not None:
            yield line
            size += len(line) + 1
            if self._dialect.quote in line and not self._dialect.opens(f"{self._dialect.quote}{line}"):
                return
