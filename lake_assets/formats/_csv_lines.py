"""The lines of a CSV file's table, apart from those around it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

__all__ = ["CsvLines"]

_LAST = 100


class CsvLines:
    r"""Lines of the table; those before and after it are kept apart, since nothing that a file holds may vanish.

    Args:
        lines: Of the whole file.
        preamble: How many stand before the table.
        footer: How many stand after it; empty ones at the end are not counted.

    >>> lines = CsvLines(["Sales", "a,b", "1,2", "Total", ""], preamble=1, footer=1)
    >>> list(lines), lines.left_out
    (['a,b', '1,2'], ['Sales', 'Total'])
    """

    def __init__(self, lines: Iterable[str], preamble: int, footer: int) -> None:
        """Begin before the first line."""
        self._lines = iter(lines)
        self._preamble = preamble
        self._footer = footer
        self._before: list[str] = []
        self._held: deque[str] = deque()
        self._filled = 0
        self.last: deque[str] = deque(maxlen=_LAST)
        """The last lines met."""

    def __iter__(self) -> Iterator[str]:
        """The lines of the table."""
        for number, line in enumerate(_without_bom(self._lines)):
            self.last.append(line)
            if number < self._preamble:
                self._before.append(line)
            elif not self._footer:
                yield line
            else:
                yield from self._hold(line)

    @property
    def left_out(self) -> list[str]:
        """The lines met so far that are none of the table, the empty ones not."""
        return [text for line in (*self._before, *self._held) if (text := line.strip())]

    def _hold(self, line: str) -> Iterator[str]:
        self._held.append(line)
        self._filled += bool(line.strip())
        while self._filled > self._footer:
            first = self._held.popleft()
            self._filled -= bool(first.strip())
            yield first


def _without_bom(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is not None:
        yield first.removeprefix("\ufeff")
        yield from lines
