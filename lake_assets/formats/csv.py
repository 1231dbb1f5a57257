"""Delimited text: CSV, TSV and their kin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

import polars as pl

from lake_assets.errors import DecodeError, StorageError
from lake_assets.formats._csv_careful import CarefulCsv
from lake_assets.formats._csv_dialect import UNCLOSED
from lake_assets.formats._csv_header import element_names
from lake_assets.formats._csv_known import KnownElements
from lake_assets.formats._csv_layout import CsvLayout, find_layout, plain_layout
from lake_assets.formats._csv_odd_dialect import CsvOddDialect
from lake_assets.formats._csv_options import CsvOptions
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._csv_together import CleanCsv, clean_csv, read_together
from lake_assets.formats._csv_whole import CsvWhole
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._options import checked_options
from lake_assets.formats._text import UNDECODABLE, encoding_of_head, lines_of, texts_of
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Csv", "CsvOptions"]

_FAST_ENCODINGS = {"", "ascii", "utf-8"}
_WIDE_ENCODINGS = ("utf-16", "utf-32")
_FAST_COMPRESSION = {"plain", "gzip", "zstd"}


class Csv:
    """Delimited text. Every element is text; the mapping types it.

    Polars reads a file that begins plainly, with nothing tolerated; a count on the bytes then says whether every record
    came out. Small ones that are alike it reads together. All other files are read with care (see `CarefulCsv`).
    """

    options: ClassVar[type[FormatOptions]] = CsvOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(CsvOptions, dataset)
        self._known = KnownElements.of(dataset.mapping)
        self._null_tokens = dataset.mapping.null_tokens

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`.

        Raises:
            DecodeError: When the file is empty, cut short, not CSV, or has no header that could be one.
        """
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        encoding, text = self._beginning(data)
        ends_with_cr = text.count("\r") - text.count("\r\n") > text.count("\n")
        is_read_by_polars = encoding in _FAST_ENCODINGS and data.compression in _FAST_COMPRESSION
        is_quick = is_read_by_polars and not ends_with_cr and not is_careful
        plain = self._plain_layout(data, text) if is_quick else None
        if plain:
            return self._decode_fast(data, text, plain)
        layout = self._layout(data, text.replace("\r", "\n") if ends_with_cr else text)
        if is_quick and layout.is_plain and self._begins_plainly(data, text, layout):
            return self._decode_fast(data, text, layout)
        careful = CarefulCsv(data, layout, encoding, self._null_tokens, ends_with_cr=ends_with_cr)
        return careful.decode(self._decision(data, layout) | ({"line_ends": "CR"} if ends_with_cr else {}))

    def decode_together(
        self, files: Sequence[tuple[LandedFile, str]], storage_options: dict[str, str]
    ) -> dict[int, Decoded]:
        """Read many small files in one pass for all that are alike; see `DecodesTogether`."""
        found = [
            self._clean(FileBytes(file, location, storage_options, self._options.max_ratio))
            for file, location in files
        ]
        return read_together([each for each in found if each], self._null_tokens)

    def _clean(self, data: FileBytes) -> CleanCsv | None:
        """A small file that holds what it seems to; None where it is to be looked at by itself."""
        try:
            if data.compression != "plain" or not data.is_small:
                return None
            encoding, text = self._beginning(data)
            layout = self._plain_layout(data, text) if encoding in _FAST_ENCODINGS else None
            if layout is None:
                return None
            header = element_names(layout, _records(data, text, layout), data.place)
        except (DecodeError, StorageError):
            return None
        decision = self._decision(data, layout) | {"path": "fast"} | header.renamed
        return clean_csv(data, text, layout.dialect, header.names, decision)

    def _beginning(self, data: FileBytes) -> tuple[str, str]:
        """The encoding of a file, empty when it is the usual one, and the text it begins with."""
        encoding = self._options.encoding or encoding_of_head(data.head)
        self._refuse(data, encoding)
        return encoding, next(texts_of([data.head], encoding or "utf-8")).removeprefix("\ufeff")

    def _plain_layout(self, data: FileBytes, text: str) -> CsvLayout | None:
        """The usual layout, where the file begins as one that has it."""
        plain = plain_layout(text, self._options, self._known)
        return plain if plain and self._begins_plainly(data, text, plain) else None

    def _layout(self, data: FileBytes, text: str) -> CsvLayout:
        """How the file is laid out, by what is certainly complete of its beginning."""
        complete = text if data.is_small else text.rpartition("\n")[0] or text
        return find_layout(complete, self._options, self._known)

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

    def _begins_plainly(self, data: FileBytes, text: str, layout: CsvLayout) -> bool:
        """Whether Polars and we agree about what the first record is, and it does not stand there again."""
        if text.startswith(("\n", "\r")):
            return False
        found = _records(data, text, layout).header()
        if not layout.header or found is None:
            return found is not None
        raw, fields, regular = found
        is_all_there = data.is_small or len(raw) + 2 < len(text)
        is_plain = fields > UNCLOSED and regular is raw and not UNDECODABLE.search(raw)
        is_as_wide = fields == (len(layout.columns) or layout.width or fields)
        return (
            is_all_there and is_plain and is_as_wide and (fields == 1 or not _stands_again(raw, text, layout))
        )

    def _decode_fast(self, data: FileBytes, text: str, layout: CsvLayout) -> Decoded:
        header = element_names(layout, _records(data, text, layout), data.place)
        whole = CsvWhole(data, layout.dialect, len(header.names), has_header=bool(layout.header))
        whole.count_compressed()
        scan = partial(self._scan, data, header.names, layout)
        return Decoded(
            scan({}),
            witness=header.names[-1] if len(header.names) > 1 else "",
            is_whole=whole,
            decision=self._decision(data, layout) | {"path": "fast"} | header.renamed,
            typed=None if data.is_small else scan,
        )

    def _scan(
        self,
        data: FileBytes,
        names: tuple[str, ...],
        layout: CsvLayout,
        types: Mapping[str, pl.DataType],
    ) -> pl.LazyFrame:
        """All text but what has a type; the header is skipped and not parsed, since we have named the elements.

        A small file is read at once, from the bytes already here: of many, each as a scan of its own costs four times
        as much.
        """
        is_here = data.is_small and data.compression == "plain"
        scan = pl.scan_csv(
            data.head if is_here else data.location,
            has_header=False,
            skip_rows=layout.header,
            schema={name: types.get(name, pl.String()) for name in names},
            separator=layout.dialect.separator,
            quote_char=layout.dialect.quote or None,
            null_values=list(self._null_tokens) or None,
            row_index_name=ROW,
            row_index_offset=1,
            glob=False,
            storage_options=None if is_here else data.storage_options or None,
        )
        frame = scan.select(*names, pl.col(ROW).cast(pl.Int64))
        return frame.collect().lazy() if is_here else frame

    def _decision(self, data: FileBytes, layout: CsvLayout) -> dict[str, object]:
        dialect = layout.dialect
        decision: dict[str, object] = {"separator": dialect.separator, "quote": dialect.quote}
        if isinstance(dialect, CsvOddDialect):
            decision |= {"escape": dialect.escape, "blanks": "skipped" if dialect.skips_blanks else "kept"}
        if layout.header != 1:
            decision["header"] = layout.header
        if layout.preamble:
            decision["preamble"] = layout.preamble
        return decision if data.compression == "plain" else decision | {"compression": data.compression}


def _stands_again(header: str, text: str, layout: CsvLayout) -> bool:
    """Whether the header stands below itself, with quotes or without."""
    quote, separator = layout.dialect.quote, layout.dialect.separator
    bare = header.replace(quote, "") if quote and quote in header else header
    quoted = f"{quote}{bare.replace(separator, f'{quote}{separator}{quote}')}{quote}"
    return any(f"\n{each}" in text for each in {header, bare, quoted})


def _records(data: FileBytes, text: str, layout: CsvLayout) -> CsvRecords:
    return CsvRecords(lines_of([text], data.place), layout.dialect)
