"""Whether the fast path read a CSV file whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lake_assets.errors import DecodeError
from lake_assets.formats._csv_census import CsvCensus
from lake_assets.formats._csv_dialect import CsvDialect
from lake_assets.formats._file_bytes import FileBytes

__all__ = ["CsvWhole"]

_CHUNK_BYTES = 4 << 20


@dataclass(frozen=True)
class CsvWhole:
    """Detects what Polars does not say: padded records, empty lines made rows, quotes dropped inside a field.

    Polars refuses a record with too many fields, except that it drops one empty field too many at the very end
    of a file. So when the file does not end like that, and there are as many separators as all its records must
    have together, each of them has as many as it must.

    Args:
        data: The file.
        dialect: How fields are written.
        width: Number of elements.
        has_header: Whether the first record is none of the rows.
    """

    data: FileBytes
    dialect: CsvDialect
    width: int
    has_header: bool

    def __call__(self, rows: int, witness_nulls: int) -> bool:
        """Whether every record of the file is among the rows, as it stands in the file.

        Args:
            rows: How many came out of the frame.
            witness_nulls: How many nulls the last element has. Without any, no record is too short, and a count
                that costs half as much will do.
        """
        try:
            return self._is_whole(rows, witness_nulls)
        except DecodeError:  # no longer the file that was landed: the careful path says so, and where
            return False

    def count_compressed(self) -> None:
        """Count a compressed file now: it must be decompressed for that anyway, and here damage is met in good time.

        Raises:
            DecodeError: When the compressed data are cut or damaged.
        """
        if self.data.compression != "plain":
            _ = self._exact

    def _is_whole(self, rows: int, witness_nulls: int) -> bool:
        census = self._quick if self.data.compression == "plain" else self._exact
        if census.ends_with_separator or not census.is_regular:
            return False
        records = rows + self.has_header
        if census.has_quotes and not witness_nulls and census.records == records:
            return True
        exact = self._exact if census.has_quotes else census
        return exact.records == records and exact.separators == (self.width - 1) * records

    @cached_property
    def _quick(self) -> CsvCensus:
        return self._census(is_exact=False)

    @cached_property
    def _exact(self) -> CsvCensus:
        return self._census(is_exact=True)

    def _census(self, *, is_exact: bool) -> CsvCensus:
        quote = ord(self.dialect.quote) if self.dialect.quote else None
        census = CsvCensus(ord(self.dialect.separator), quote, is_exact=is_exact)
        census.take(self.data.chunks(_CHUNK_BYTES))
        return census
