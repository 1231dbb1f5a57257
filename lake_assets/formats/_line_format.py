"""What the formats have in common whose records are lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import polars as pl
from pydantic import field_validator

from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._text_lines import TextLines
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions

__all__ = ["LineOptions", "LineRecords", "Pattern"]

_REASON = "reason"
_SMALL_BYTES = 1 << 20


class LineOptions(FormatOptions):
    """How the text is written.

    Args:
        encoding: A codec of Python; empty means UTF-8, UTF-16 or UTF-32 by their byte order mark, and Windows-1252 or
            Latin-1 for a file that is not UTF-8.
    """

    encoding: str = ""

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            codec = codecs.lookup(name).name if name else ""
            "".encode(codec or "utf-8")
        except LookupError as error:
            raise ValueError(f"Python knows no text encoding {name!r}") from error
        return codec.replace("utf-8-sig", "utf-8")


class Pattern(Protocol):
    """What a line must look like, and what is in it."""

    @property
    def schema(self) -> pl.Schema:
        """Of the elements that a line is taken apart into."""
        ...

    @property
    def skipped(self) -> int:
        """How many lines at the start are no records."""
        ...

    @property
    def is_record(self) -> pl.Expr:
        """Whether a line is a record at all; an empty one may be none."""
        ...

    @property
    def reason(self) -> pl.Expr:
        """What is wrong with a line; null when nothing is."""
        ...

    @property
    def elements(self) -> list[pl.Expr]:
        """The elements of a line that nothing is wrong with."""
        ...


@dataclass(frozen=True)
class LineRecords:
    """A file and what its lines must look like.

    Args:
        data: The file.
        lines: Its lines.
        pattern: What they must look like.
    """

    data: FileBytes
    lines: TextLines
    pattern: Pattern

    def decode(self, decision: dict[str, object]) -> Decoded:
        """Judge every line, and make the frame of those that are records.

        Raises:
            DecodeError: When nearly everything is bad.
        """
        bad = BadRecords(self.data.place, "declare the format and the encoding that the file has")
        good, size = 0, 0
        blocks: list[pl.DataFrame] = []
        for judged in self._judged(bad):
            rows = self._rows(judged)
            good += rows.height
            size += int(rows.estimated_size())
            blocks = [*blocks, rows] if size <= _SMALL_BYTES else []
        is_small = size <= _SMALL_BYTES
        whole = pl.concat([self._schema.to_frame(), *blocks]).lazy()
        return Decoded(
            whole if is_small else lazy_blocks(self._blocks, self._schema),
            tuple(sorted(bad.found, key=lambda each: each.row)),
            is_whole=lambda rows, _nulls: rows == good,
            decision={**decision, "encoding": self.lines.encoding},
        )

    @property
    def _schema(self) -> pl.Schema:
        return pl.Schema({**self.pattern.schema, ROW: pl.Int64()})

    def _blocks(self) -> Iterator[pl.DataFrame]:
        yield from map(self._rows, self._judged(None))

    def _judged(self, bad: BadRecords | None) -> Iterator[pl.DataFrame]:
        """The lines that are records, with what is wrong with them."""
        skipped = self.pattern.skipped

        def refuse(row: int, raw: str, reason: str) -> None:
            if bad and row > skipped:
                bad.add(row - skipped, raw, reason)

        for block in self.lines.blocks(refuse):
            numbered = block.filter(pl.col(ROW) > skipped).with_columns(pl.col(ROW) - skipped)
            judged = numbered.filter(self.pattern.is_record).with_columns(self.pattern.reason.alias(_REASON))
            if bad:
                for line, row, reason in judged.filter(pl.col(_REASON).is_not_null()).rows():
                    bad.add(row, line, reason)
            yield judged

    def _rows(self, judged: pl.DataFrame) -> pl.DataFrame:
        kept = judged.filter(pl.col(_REASON).is_null())
        return kept.select(*self.pattern.elements, pl.col(ROW)).cast(self._schema)
