"""Plain lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._line_format import LineOptions, LineRecords
from lake_assets.formats._options import checked_options
from lake_assets.formats._text_lines import LINE, TextLines
from lake_assets.formats.protocol import Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Lines"]


@dataclass(frozen=True)
class _AnyLine:
    """Every line is a record, the empty ones too, so that a record has the number of its line."""

    skipped: int = 0

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema({LINE: pl.String()})

    @property
    def is_record(self) -> pl.Expr:
        return pl.lit(value=True)

    @property
    def reason(self) -> pl.Expr:
        return pl.when(pl.col(LINE).str.contains("\0", literal=True)).then(pl.lit("a NUL character"))

    @property
    def elements(self) -> list[pl.Expr]:
        return [pl.col(LINE)]


class Lines:
    """Text, a record a line, in the one element `line`."""

    options: ClassVar[type[FormatOptions]] = LineOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(LineOptions, dataset)

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. There is but one path, and it is careful.

        Raises:
            DecodeError: When the file is empty, cut short or plainly no text.
        """
        del is_careful
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        refuse_foreign(data, "text")
        return LineRecords(data, TextLines(data, self._options.encoding), _AnyLine()).decode({})
