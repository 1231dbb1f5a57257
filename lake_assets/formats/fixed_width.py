"""Text whose columns have fixed places in the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field, field_validator

from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._line_format import LineOptions, LineRecords
from lake_assets.formats._options import checked_options
from lake_assets.formats._text_lines import LINE, TextLines
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["FixedWidth", "FixedWidthOptions"]

_Width = Annotated[int, Field(gt=0)]
_Span = tuple[_Width, _Width]


class FixedWidthOptions(LineOptions):
    """Where the columns are.

    Args:
        columns: Each element, in order, with its width in characters, or with its first and last character counted
            from 1. A width goes on where the element before it ends.
        skip_lines: How many lines at the start are no records.
    """

    columns: dict[str, _Width | _Span] = Field(min_length=1)
    skip_lines: int = Field(0, ge=0)

    @field_validator("columns")
    @classmethod
    def _are_places(cls, columns: dict[str, _Width | _Span]) -> dict[str, _Width | _Span]:
        if ROW in columns or not all(name.strip() for name in columns):
            raise ValueError(f"every column must have a name, and none may be {ROW}")
        if wrong := [name for name, at in columns.items() if isinstance(at, tuple) and at[1] < at[0]]:
            raise ValueError(f"{wrong[0]} ends before it begins")
        return columns

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """The first character of each element, from 0, and its width."""
        found: dict[str, tuple[int, int]] = {}
        end = 0
        for name, at in self.columns.items():
            first, width = (at[0] - 1, at[1] - at[0] + 1) if isinstance(at, tuple) else (end, at)
            found[name] = first, width
            end = first + width
        return found


@dataclass(frozen=True)
class _Places:
    """Columns by their places; blanks around a value are none of it, and blanks alone are null."""

    places: dict[str, tuple[int, int]]
    skipped: int
    null_tokens: tuple[str, ...]

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema(dict.fromkeys(self.places, pl.String()))

    @property
    def is_record(self) -> pl.Expr:
        return pl.col(LINE).str.contains(r"\S")

    @property
    def reason(self) -> pl.Expr:
        end = max(first + width for first, width in self.places.values())
        rest = pl.col(LINE).str.slice(end).str.contains(r"\S")
        return pl.when(rest).then(pl.lit(f"text after the last column, which ends at character {end}"))

    @property
    def elements(self) -> list[pl.Expr]:
        return [self._cell(first, width).alias(name) for name, (first, width) in self.places.items()]

    def _cell(self, first: int, width: int) -> pl.Expr:
        text = pl.col(LINE).str.slice(first, width).str.strip_chars()
        return pl.when(~text.is_in(["", *self.null_tokens])).then(text)


class FixedWidth:
    """Text in columns of fixed width. Every element is text; the mapping types it."""

    options: ClassVar[type[FormatOptions]] = FixedWidthOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(FixedWidthOptions, dataset)
        self._null_tokens = dataset.mapping.null_tokens

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. There is but one path, and it is careful.

        Raises:
            DecodeError: When the file is empty, cut short, plainly no text, or nearly all lines are bad.
        """
        del is_careful
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        refuse_foreign(data, "text in columns of fixed width")
        places = _Places(self._options.places, self._options.skip_lines, self._null_tokens)
        return LineRecords(data, TextLines(data, self._options.encoding), places).decode({})
