"""The lines of a text file, a block of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import IncrementalNewlineDecoder

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._text import UNDECODABLE, bom_encoding, choose_encoding, escaped, texts_of
from lake_assets.formats.protocol import ROW

__all__ = ["LINE", "LINES", "TextLines"]

LINE = "line"
"""The column that holds a line, without its end."""
LINES = pl.Schema({LINE: pl.String(), ROW: pl.Int64()})

_LINE_CHARACTERS = 64 << 20
Refuse = Callable[[int, str, str], None]
"""Takes the number of a line, its text and what is wrong with it."""


def _ignore(_row: int, _raw: str, _reason: str) -> None:
    return


@dataclass(frozen=True)
class TextLines:
    """A text file of any size, as lines that are numbered from 1.

    Args:
        data: The file.
        declared: The encoding of its text; empty to find out.
    """

    data: FileBytes
    declared: str = ""

    @cached_property
    def encoding(self) -> str:
        """The declared one, else by byte order mark or by what the bytes mean."""
        found = self.declared or bom_encoding(self.data.head).replace("utf-8-sig", "utf-8")
        return found or choose_encoding(self.data.chunks())

    @cached_property
    def ends_with_cr(self) -> bool:
        """Whether carriage returns alone end lines."""
        text = next(texts_of([self.data.head], self.encoding))
        return text.count("\r") - text.count("\r\n") > text.count("\n")

    def blocks(self, refuse: Refuse = _ignore) -> Iterator[pl.DataFrame]:
        """All lines but those with bytes that are no text in the encoding.

        Args:
            refuse: Told of those.

        Raises:
            DecodeError: When a line is longer than memory should hold.
        """
        before = 0
        for text in self._whole_lines():
            lines = (
                pl.Series(LINE, [text]).str.split("\n").explode() if not UNDECODABLE.search(text) else None
            )
            block = (
                _numbered(lines, before) if lines is not None else _sound(text, before, self.encoding, refuse)
            )
            before += text.count("\n") + 1
            yield block

    def _whole_lines(self) -> Iterator[str]:
        """Text that ends where a line ends, without its last line end."""
        newlines = IncrementalNewlineDecoder(None, translate=True)
        rest: list[str] = []
        for index, text in enumerate(texts_of(self.data.chunks(), self.encoding)):
            plain = text.removeprefix("\ufeff") if index == 0 else text
            head, end, tail = (newlines.decode(plain) if self.ends_with_cr else plain).rpartition("\n")
            if end:
                yield "".join([*rest, head])
                rest = []
            rest.append(tail)
            if sum(map(len, rest)) > _LINE_CHARACTERS:
                mend = "check the line ends and the encoding of the file"
                raise DecodeError("a line is longer than 64 Mi characters", place=self.data.place, mend=mend)
        if last := "".join(rest):
            yield last


def _numbered(lines: pl.Series, before: int) -> pl.DataFrame:
    numbers = pl.int_range(before + 1, before + 1 + lines.len(), dtype=pl.Int64, eager=True)
    return pl.DataFrame({LINE: lines.str.strip_suffix("\r"), ROW: numbers})


def _sound(text: str, before: int, encoding: str, refuse: Refuse) -> pl.DataFrame:
    """The lines that are text, one by one."""
    rows: list[tuple[str, int]] = []
    for row, raw in enumerate(text.split("\n"), start=before + 1):
        line = raw.removesuffix("\r")
        if UNDECODABLE.search(line):
            refuse(row, escaped(line), f"bytes that are not {encoding}")
        else:
            rows.append((line, row))
    return pl.DataFrame(rows, schema=LINES, orient="row")
