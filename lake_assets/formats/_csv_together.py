"""Many small CSV files that are alike, read by Polars in one pass: by itself each would cost more than its rows do.

Only files that hold what they seem to are read so: before, a count on the bytes of each says that all its records have
as many fields as its header. What Polars makes of them together must then have as many rows as were counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.formats._csv_census import CsvCensus
from lake_assets.formats._csv_dialect import CsvDialect
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._text import UNDECODABLE
from lake_assets.formats._together import decoded_of, halves, numbered, portions
from lake_assets.formats.protocol import ROW, Decoded
from lake_assets.model import LandedFile

__all__ = ["CleanCsv", "clean_csv", "read_together"]


@dataclass(frozen=True)
class CleanCsv:
    """A small file whose records are counted and regular.

    Args:
        file: The file.
        body: Its bytes after the header; the last record has a line end.
        records: How many they are.
        dialect: How their fields are written.
        names: Of the elements.
        decision: How the file is read, for the record.
    """

    file: LandedFile
    body: bytes
    records: int
    dialect: CsvDialect
    names: tuple[str, ...]
    decision: dict[str, object]

    @property
    def size(self) -> int:
        """Of its body, in bytes."""
        return len(self.body)

    @property
    def likeness(self) -> object:
        """The same for files that can be read together."""
        return self.names, self.dialect, b"\r" in self.body


def clean_csv(
    data: FileBytes,
    text: str,
    dialect: CsvDialect,
    names: tuple[str, ...],
    decision: dict[str, object],
) -> CleanCsv | None:
    """Count the records of a file that begins plainly; None where they do not all have as many fields as the header.

    Args:
        data: The file, which is small.
        text: All of it.
        dialect: How its fields are written.
        names: Of its elements, at least two; the first line holds them.
        decision: How it is read, for the record.
    """
    if not text.isascii() and UNDECODABLE.search(text):
        return None
    _, _, body = data.head.partition(b"\n")
    if body.count(b"\r") != body.count(b"\r\n"):
        return None
    records = _records(body, dialect, len(names))
    ended = body if body.endswith(b"\n") else body + b"\n"
    return CleanCsv(data.file, ended, records, dialect, names, decision) if records else None


def _records(body: bytes, dialect: CsvDialect, width: int) -> int:
    """How many records there are; 0 where one of them may have too many or too few fields."""
    separator, quote = dialect.separator.encode(), dialect.quote.encode()
    if body.endswith(separator):
        return 0
    if not quote or quote not in body:
        records = body.count(b"\n") + (not body.endswith(b"\n"))
        return records if body.count(separator) == (width - 1) * records else 0
    census = CsvCensus(ord(separator), ord(quote), is_exact=True)
    census.take([body])
    is_whole = census.is_regular and census.separators == (width - 1) * census.records
    return census.records if is_whole else 0


def read_together(files: Sequence[CleanCsv], null_tokens: Sequence[str]) -> dict[int, Decoded]:
    """Read files, all that are alike in one pass.

    Args:
        files: The files.
        null_tokens: What means null, besides nothing.

    Returns:
        What became of each, by its id; a file that Polars does not take as it was counted is not there.
    """
    made: dict[int, Decoded] = {}
    for alike in portions(files, lambda each: each.likeness, lambda each: each.size):
        for part, rows in _read(alike, null_tokens):
            counts = [each.records for each in part]
            decided = [(each.file, each.decision) for each in part]
            made |= decoded_of(rows, decided, counts)
    return made


def _read(
    files: Sequence[CleanCsv], null_tokens: Sequence[str]
) -> Iterator[tuple[Sequence[CleanCsv], pl.DataFrame]]:
    """Files with their rows; halved until what cannot be read so stands alone, and left out then."""
    first = files[0]
    scan = pl.scan_csv(
        b"".join([each.body for each in files]),
        has_header=False,
        schema=dict.fromkeys(first.names, pl.String),
        separator=first.dialect.separator,
        quote_char=first.dialect.quote or None,
        null_values=list(null_tokens) or None,
    )
    try:
        rows = scan.collect()
    except pl.exceptions.PolarsError:
        rows = None
    if rows is not None and rows.height == sum(each.records for each in files):
        yield files, rows.with_columns(numbered([each.records for each in files]).alias(ROW))
    else:
        for half in halves(files):
            yield from _read(half, null_tokens)
