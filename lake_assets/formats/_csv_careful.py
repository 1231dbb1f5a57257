"""CSV read with care: every record is placed, in bounded memory.

A large file is read twice: at once, to judge each record, and when the frame is collected, to make the rows. Nothing is
spooled to disk, so nothing is left behind by a process that dies. Good records are written by the rule and handed to
Polars a block at a time, so values come out exactly as on the fast path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._csv_dialect import UNCLOSED, CsvDialect
from lake_assets.formats._csv_header import CsvHeader, element_names
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._text import UNDECODABLE, choose_encoding, escaped, lines_of, texts_of
from lake_assets.formats.protocol import ROW, Decoded

__all__ = ["CarefulCsv"]

_BLOCK_CHARACTERS = 8 << 20
_Judged = tuple[int, str, str, str]
"""Row number, text as it stands, text by the rule, what is wrong."""


@dataclass(frozen=True)
class CarefulCsv:
    """One file, with all that is needed to read it again and again with the same outcome.

    Args:
        data: The file.
        dialect: How fields are written.
        encoding: Of its text; empty to find out.
        columns: The names of its elements; empty when its first record holds them.
        null_tokens: Texts that mean null.
        ends_with_cr: Whether a carriage return alone ends a line.
    """

    data: FileBytes
    dialect: CsvDialect
    encoding: str
    columns: tuple[str, ...]
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
        good, odd = 0, 0
        for row, raw, regular, reason in self._judged():
            if reason:
                bad.add(row, escaped(raw), reason)
            else:
                good += 1
                odd += regular is not raw
        found = {"path": "careful", "encoding": self._encoding, "odd_quotes": odd} | self._header.renamed
        return Decoded(
            self._frame,
            bad.found,
            is_whole=lambda rows, _nulls: rows == good,
            decision=decision | {name: value for name, value in found.items() if value},
        )

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
        return element_names(self.columns, self._records(), self.dialect, self.data.place)

    @cached_property
    def _schema(self) -> pl.Schema:
        return pl.Schema(dict.fromkeys(self._header.names, pl.String()) | {ROW: pl.Int64()})

    def _records(self) -> CsvRecords:
        texts = texts_of(self.data.chunks(), self._encoding)
        lines = _without_bom(lines_of(texts, self.data.place, ends_with_cr=self.ends_with_cr))
        return CsvRecords(lines, self.dialect)

    def _judged(self) -> Iterator[_Judged]:
        records, width = self._records(), len(self._header.names)
        if not self.columns:
            records.header()
        for row, (raw, fields, regular) in enumerate(records.following(width), start=1):
            if fields == width and (raw.isascii() or not UNDECODABLE.search(raw)):
                yield row, raw, regular, ""
            else:
                yield row, raw, regular, self._reason(raw, fields, width)

    def _reason(self, raw: str, fields: int, width: int) -> str:
        if UNDECODABLE.search(raw):
            return f"bytes that are not {self._encoding}"
        if fields == UNCLOSED:
            return "unclosed quote"
        few_or_many = "few" if fields < width else "many"
        return f"too {few_or_many} fields: expected {width}, found {fields}"

    def _blocks(self) -> Iterator[pl.DataFrame]:
        rows: list[int] = []
        texts: list[str] = []
        size = 0
        for row, _, regular, reason in self._judged():
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
        header = self.dialect.separator.join(schema)
        block = pl.read_csv(
            "\r\n".join([header, *texts, ""]).encode(),
            schema=schema,
            separator=self.dialect.separator,
            quote_char=self.dialect.quote or None,
            null_values=list(self.null_tokens) or None,
        )
        if block.height != len(rows):
            what = f"{len(rows)} records from row {rows[0]} on were read as {block.height}"
            raise DecodeError(
                what, place=self.data.place, mend="report this file: it shows a fault of lake_assets"
            )
        block.columns = list(self._header.names)
        return block.with_columns(pl.Series(ROW, rows, pl.Int64))


def _without_bom(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is not None:
        yield first.removeprefix("\ufeff")
        yield from lines
