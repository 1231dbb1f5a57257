"""Delimited text: CSV, TSV and their kin."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._csv_careful import CarefulCsv
from lake_assets.formats._csv_dialect import UNCLOSED, CsvDialect
from lake_assets.formats._csv_header import element_names
from lake_assets.formats._csv_options import CsvOptions
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._csv_whole import CsvWhole
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._options import checked_options
from lake_assets.formats._text import UNDECODABLE, bom_encoding, lines_of, texts_of
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Csv", "CsvOptions"]

_FAST_ENCODINGS = {"", "ascii", "utf-8"}
_WIDE_ENCODINGS = ("utf-16", "utf-32")
_FAST_COMPRESSION = {"plain", "gzip", "zstd"}


class Csv:
    """Delimited text. Every element is text; the mapping types it.

    Polars reads a file that begins plainly, with nothing tolerated; a count on the bytes then says whether every record
    came out. All other files are read with care (see `CarefulCsv`).
    """

    options: ClassVar[type[FormatOptions]] = CsvOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(CsvOptions, dataset)
        self._dialect = CsvDialect(self._options.separator, self._options.quote)
        self._null_tokens = dataset.mapping.null_tokens

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`.

        Raises:
            DecodeError: When the file is empty, cut short, not CSV, or has no header that could be one.
        """
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        encoding = self._options.encoding or bom_encoding(data.head).replace("utf-8-sig", "utf-8")
        self._refuse(data, encoding)
        text = next(texts_of([data.head], encoding or "utf-8")).removeprefix("\ufeff")
        ends_with_cr = text.count("\r") - text.count("\r\n") > text.count("\n")
        is_read_by_polars = encoding in _FAST_ENCODINGS and data.compression in _FAST_COMPRESSION
        is_plain = is_read_by_polars and not ends_with_cr and self._begins_plainly(data, text)
        if is_plain and not is_careful:
            return self._decode_fast(data, text)
        columns, null_tokens = self._options.columns, self._null_tokens
        careful = CarefulCsv(data, self._dialect, encoding, columns, null_tokens, ends_with_cr=ends_with_cr)
        return careful.decode(self._decision(data) | ({"line_ends": "CR"} if ends_with_cr else {}))

    def _refuse(self, data: FileBytes, encoding: str) -> None:
        wanted = self._options.compression
        if wanted not in {"auto", data.compression}:
            mend = "declare compression: auto, or let the source send the file as declared"
            what = f"expected {wanted}, found {data.compression} data"
            raise DecodeError(what, place=data.place, mend=mend)
        refuse_foreign(data, "CSV")
        if b"\0" in data.head and not encoding.startswith(_WIDE_ENCODINGS):
            mend = "declare the encoding, such as utf-16-le, or let the source send CSV"
            raise DecodeError("the file is not CSV: it holds NUL bytes", place=data.place, mend=mend)

    def _begins_plainly(self, data: FileBytes, text: str) -> bool:
        """Whether Polars and we agree about what the first record is."""
        if text.startswith(("\n", "\r")):
            return False
        found = self._records(data, text).header()
        if not self._options.header or found is None:
            return found is not None
        raw, fields, regular = found
        is_all_there = data.is_small or len(raw) + 2 < len(text)
        return is_all_there and fields != UNCLOSED and regular is raw and not UNDECODABLE.search(raw)

    def _records(self, data: FileBytes, text: str) -> CsvRecords:
        return CsvRecords(lines_of([text], data.place), self._dialect)

    def _decode_fast(self, data: FileBytes, text: str) -> Decoded:
        header = element_names(self._options.columns, self._records(data, text), self._dialect, data.place)
        whole = CsvWhole(data, self._dialect, len(header.names), has_header=self._options.header)
        whole.count_compressed()
        return Decoded(
            self._scan(data, header.names),
            witness=header.names[-1] if len(header.names) > 1 else "",
            is_whole=whole,
            decision=self._decision(data) | {"path": "fast"} | header.renamed,
        )

    def _scan(self, data: FileBytes, names: tuple[str, ...]) -> pl.LazyFrame:
        """All text; the header is skipped and not parsed, since we have named the elements.

        A small file is read at once, from the bytes already here: of many, each as a scan of its own costs four times
        as much.
        """
        is_here = data.is_small and data.compression == "plain"
        scan = pl.scan_csv(
            data.head if is_here else data.location,
            has_header=False,
            skip_rows=int(self._options.header),
            schema=dict.fromkeys(names, pl.String),
            separator=self._options.separator,
            quote_char=self._options.quote or None,
            null_values=list(self._null_tokens) or None,
            row_index_name=ROW,
            row_index_offset=1,
            glob=False,
            storage_options=None if is_here else data.storage_options or None,
        )
        frame = scan.select(*names, pl.col(ROW).cast(pl.Int64))
        return frame.collect().lazy() if is_here else frame

    def _decision(self, data: FileBytes) -> dict[str, object]:
        decision: dict[str, object] = {"separator": self._options.separator, "quote": self._options.quote}
        return decision if data.compression == "plain" else decision | {"compression": data.compression}
