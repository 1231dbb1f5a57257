"""A count of what a CSV file holds, made on its bytes and not by the reader whose work it judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

__all__ = ["CsvCensus"]

_LINE_FEED = 10
_CARRIAGE_RETURN = 13


@dataclass
class CsvCensus:
    r"""Records, separators between fields, and quotes that break RFC 4180, by vector operations on bytes.

    Args:
        separator: Its byte.
        quote: Its byte; None when quotes mean nothing.
        is_exact: Whether line feeds and separators inside quotes are told apart. That costs as much again; without it
            line feeds inside quotes count as records, and separators count only while no quote has been seen.

    >>> census = CsvCensus(ord(","), ord('"'), is_exact=True)
    >>> census.take([b'a,b\n1,"x,\ny"\n2,z'])
    >>> census.records, census.separators, census.is_regular
    (3, 3, True)
    """

    separator: int
    quote: int | None
    is_exact: bool
    records: int = 0
    separators: int = 0
    strays: int = 0
    has_quotes: bool = False
    ends_with_separator: bool = False
    _is_inside: bool = False
    _last: int = _LINE_FEED
    _is_line_open: bool = False

    @property
    def is_regular(self) -> bool:
        """Whether every quote encloses a field or is doubled inside one."""
        return not self.strays and not self._is_inside

    def take(self, chunks: Iterable[bytes]) -> None:
        """Count a whole file."""
        previous = b""
        for chunk in chunks:
            self._add(previous, chunk)
            previous = chunk
        self._add(previous, b"\n")
        self.records += self._is_line_open

    def _add(self, chunk: bytes, following: bytes) -> None:
        if not chunk:
            return
        codes = _codes(chunk)
        quotes = None if self.quote is None else codes == self.quote
        if quotes is not None and (self._is_inside or quotes.any()):
            self._add_quoted(codes, quotes, following[0])
        else:
            self.separators += _sum(codes == self.separator)
            self.records += _sum(codes == _LINE_FEED)
        self._is_line_open = chunk[-1] != _LINE_FEED
        self.ends_with_separator = chunk[-1] == self.separator
        self._last = chunk[-1]

    def _add_quoted(self, codes: pl.Series, quotes: pl.Series, following: int) -> None:
        self.has_quotes = True
        line_feeds = codes == _LINE_FEED
        self._judge(codes, quotes, following)
        if self.is_exact:
            self._count_outside(codes.filter(quotes | line_feeds | (codes == self.separator)))
        else:
            self.records += _sum(line_feeds)
        self._is_inside ^= bool(_sum(quotes) % 2)

    def _judge(self, codes: pl.Series, quotes: pl.Series, following: int) -> None:
        """An opening quote stands after a token, a closing one before a token or a carriage return."""
        before = codes.shift(1, fill_value=self._last).filter(quotes)
        after = codes.shift(-1, fill_value=following).filter(quotes)
        first, tokens = int(self._is_inside), [self.separator, self.quote, _LINE_FEED]
        self.strays += _others(before.gather_every(2, first), tokens)
        self.strays += _others(after.gather_every(2, 1 - first), [*tokens, _CARRIAGE_RETURN])

    def _count_outside(self, tokens: pl.Series) -> None:
        depth = (tokens == self.quote).cum_sum() + int(self._is_inside)
        outside = tokens.filter(~(depth & 1).cast(pl.Boolean))
        self.separators += _sum(outside == self.separator)
        self.records += _sum(outside == _LINE_FEED)


def _codes(chunk: bytes) -> pl.Series:
    return pl.Series(values=pa.Array.from_buffers(pa.uint8(), len(chunk), [None, pa.py_buffer(chunk)]))


def _others(codes: pl.Series, tokens: Sequence[int | None]) -> int:
    """How many of the codes are no token."""
    found = codes == tokens[0]
    for token in tokens[1:]:
        found |= codes == token
    return codes.len() - _sum(found)


def _sum(mask: pl.Series) -> int:
    return int(mask.sum())
