"""CSV read with care: every record is placed, in bounded memory.

A large file is read twice: at once, to judge each record, and when the frame is collected, to make the rows. Nothing is
spooled to disk, so nothing is left behind by a process that dies. Good records are written by the rule and handed to
Polars a block at a time, so values come out exactly as on the fast path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._csv_dialect import TORN, UNCLOSED
from lake_assets.formats._csv_footer import is_footer
from lake_assets.formats._csv_header import CsvHeader, element_names
from lake_assets.formats._csv_layout import CsvLayout
from lake_assets.formats._csv_lines import CsvLines
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._text import UNDECODABLE, choose_encoding, escaped, lines_of, texts_of
from lake_assets.formats.protocol import ROW, BadRecord, Decoded

__all__ = ["CarefulCsv"]

_BLOCK_CHARACTERS = 8 << 20
_REPEATED = "repeated_headers"
_TOO_FEW = "too few fields"
_SHOWN_LINES = 50
_SHOWN_CHARACTERS = 200
_Judged = tuple[int, str, str, str]
"""Row number, text as it stands, text by the rule, what is wrong or that it is the header again."""


@dataclass(frozen=True)
class CarefulCsv:
    """One file, with all that is needed to read it again and again with the same outcome.

    Args:
        data: The file.
        layout: How it is laid out.
        encoding: Of its text; empty to find out.
        null_tokens: Texts that mean null.
        ends_with_cr: Whether a carriage return alone ends a line.
    """

    data: FileBytes
    layout: CsvLayout
    encoding: str
    null_tokens: tuple[str, ...]
    ends_with_cr: bool

    def decode(self, decision: dict[str, object]) -> Decoded:
        """Judge every record, and make the frame of the good ones.

        Raises:
            DecodeError: When there is no header, or nearly everything is bad.
        """
        bad = BadRecords(
            self.data.place, "declare the separator, the quote and the encoding that the file has"
        )
        lines, kinds = self._lines(), Counter[str]()
        last_good = 0
        for row, raw, regular, reason in self._judged(lines):
            if reason and reason != _REPEATED:
                bad.add(row, escaped(raw), reason)
            else:
                last_good = row
            is_odd = regular is not raw and self.layout.dialect.is_plain
            kinds[reason or ("odd_quotes" if is_odd else "")] += 1
        good = kinds[""] + kinds["odd_quotes"]
        footer = self._footer(bad.found, last_good, lines)
        found = {"path": "careful", "encoding": self._encoding, "odd_quotes": kinds["odd_quotes"]}
        found |= {_REPEATED: kinds[_REPEATED], "footer": len(footer)} | self._left_out(lines, footer)
        return Decoded(
            self._frame,
            bad.found[: len(bad.found) - len(footer)],
            is_whole=lambda rows, _nulls: rows == good,
            decision=decision
            | {name: value for name, value in found.items() if value}
            | self._header.renamed,
        )

    def _footer(self, bad: Sequence[BadRecord], last_good: int, lines: CsvLines) -> Sequence[BadRecord]:
        """The bad records below the table that are a footer."""
        below = [each for each in bad if each.row > last_good > 0]
        texts = [each.raw for each in below if each.reason.startswith(_TOO_FEW)]
        layout = self.layout
        is_open = layout.is_footer_open and len(texts) == len(below)
        return below if is_open and is_footer(texts, [*lines.last], layout.dialect, layout.leading) else ()

    @staticmethod
    def _left_out(lines: CsvLines, footer: Sequence[BadRecord]) -> dict[str, object]:
        """The lines that are none of the table, as many of them as are worth showing."""
        texts = [*map(escaped, lines.left_out), *(each.raw for each in footer)]
        return {"left_out": [text[:_SHOWN_CHARACTERS] for text in texts[:_SHOWN_LINES]]}

    @property
    def _frame(self) -> pl.LazyFrame:
        if self.data.is_small:
            return pl.concat([self._schema.to_frame(), *self._blocks()]).lazy()
        return lazy_blocks(self._blocks, self._schema)

    @cached_property
    def _encoding(self) -> str:
        return self.encoding or choose_encoding(self.data.chunks())

    @cached_property
    def _header(self) -> CsvHeader:
        return element_names(self.layout, self._records(), self.data.place)

    @cached_property
    def _schema(self) -> pl.Schema:
        return pl.Schema(dict.fromkeys(self._header.names, pl.String()) | {ROW: pl.Int64()})

    def _lines(self) -> CsvLines:
        texts = texts_of(self.data.chunks(), self._encoding)
        lines = lines_of(texts, self.data.place, ends_with_cr=self.ends_with_cr)
        return CsvLines(lines, self.layout.preamble, self.layout.footer)

    def _records(self) -> CsvRecords:
        return CsvRecords(self._lines(), self.layout.dialect)

    def _judged(self, lines: CsvLines) -> Iterator[_Judged]:
        records, width = CsvRecords(lines, self.layout.dialect), len(self._header.names)
        for _ in range(self.layout.header):
            records.header()
        again = self._header.beginnings(self.layout.dialect)
        row = 0
        for raw, fields, regular in records.following(width):
            if again and raw.startswith(again) and self._is_header(raw):
                yield row, raw, regular, _REPEATED
                continue
            row += 1
            if fields == width and (raw.isascii() or not UNDECODABLE.search(raw)):
                yield row, raw, regular, ""
            else:
                yield row, raw, regular, self._reason(raw, fields, width)

    def _is_header(self, raw: str) -> bool:
        return tuple(self.layout.dialect.values(raw)) in self._header.rows

    def _reason(self, raw: str, fields: int, width: int) -> str:
        if UNDECODABLE.search(raw):
            return f"bytes that are not {self._encoding}"
        if fields == UNCLOSED:
            return "unclosed quote"
        if fields == TORN:
            return "quotes around a separator that do not enclose a field"
        few_or_many = _TOO_FEW if fields < width else "too many fields"
        return f"{few_or_many}: expected {width}, found {fields}"

    @property
    def _written(self) -> tuple[str, str]:
        """The separator and the quote of records written by the rule."""
        dialect = self.layout.dialect
        return (dialect.separator, dialect.quote) if dialect.is_plain else (",", '"')

    def _blocks(self) -> Iterator[pl.DataFrame]:
        rows: list[int] = []
        texts: list[str] = []
        size = 0
        for row, _, regular, reason in self._judged(self._lines()):
            if not reason:
                rows.append(row)
                texts.append(regular)
                size += len(regular)
            if size > _BLOCK_CHARACTERS:
                yield self._block(rows, texts)
                rows, texts, size = [], [], 0
        if rows:
            yield self._block(rows, texts)

    def _block(self, rows: list[int], texts: list[str]) -> pl.DataFrame:
        """Records to rows; the header line that Polars is given keeps it from skipping empty records."""
        schema = {f"c{number}": pl.String for number in range(len(self._header.names))}
        separator, quote = self._written
        header = separator.join(schema)
        block = pl.read_csv(
            "\r\n".join([header, *texts, ""]).encode(),
            schema=schema,
            separator=separator,
            quote_char=quote or None,
            null_values=list(self.null_tokens) or None,
        )
        if block.height != len(rows):
            what = f"{len(rows)} records from row {rows[0]} on were read as {block.height}"
            raise DecodeError(
                what, place=self.data.place, mend="report this file: it shows a fault of lake_assets"
            )
        block.columns = list(self._header.names)
        return block.with_columns(pl.Series(ROW, rows, pl.Int64))
