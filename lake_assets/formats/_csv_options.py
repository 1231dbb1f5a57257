"""How the files of a delimited dataset are declared."""

from __future__ import annotations

import codecs
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from lake_assets.formats.protocol import FormatOptions

__all__ = ["AUTO", "CsvOptions"]

AUTO: Final = "auto"
"""What is not declared: it is found out for each file."""


def _as_rows(header: object) -> object:
    return int(header) if isinstance(header, bool) else header


class CsvOptions(FormatOptions):
    """How the files of a dataset are written. What is `auto` is found out for each file, and on record.

    Args:
        separator: What stands between fields: ASCII characters, mostly one.
        quote: One ASCII character around fields that hold separators or line ends; empty when there is none.
        escape: One ASCII character that takes its meaning from the next one, besides the doubling of quotes; empty,
            or the quote itself, when there is none.
        blanks: Whether blanks after a separator are `kept` in the field or `skipped`.
        encoding: A codec of Python; empty means UTF-8, UTF-16 or UTF-32 by their byte order mark or pattern, and for
            a file that is none of them the encoding that it most likely has.
        preamble: How many lines stand before the header.
        header: How many records name the elements together; true is one, false is none.
        columns: The names of the elements, in place of those in the header.
        footer: How many lines at the end are no records.
        compression: What files must be compressed with; `auto` takes all these.
    """

    separator: str = Field(AUTO, min_length=1, max_length=8)
    quote: str = AUTO
    escape: str = AUTO
    blanks: Literal["auto", "kept", "skipped"] = "auto"
    encoding: str = ""
    preamble: Annotated[int, Field(ge=0, le=1000)] | Literal["auto"] = AUTO
    header: Annotated[Annotated[int, Field(ge=0, le=20)] | Literal["auto"], BeforeValidator(_as_rows)] = AUTO
    columns: tuple[str, ...] = ()
    footer: Annotated[int, Field(ge=0, le=1000)] | Literal["auto"] = AUTO
    compression: Literal["auto", "gzip", "zstd", "bzip2", "xz", "plain"] = "auto"

    @field_validator("separator", "quote", "escape")
    @classmethod
    def _is_ascii(cls, mark: str) -> str:
        if not mark.isascii() or set(mark) & {"\r", "\n", "\0"}:
            raise ValueError("it must be ASCII characters that end no line")
        return mark

    @field_validator("quote", "escape")
    @classmethod
    def _is_one_byte(cls, mark: str) -> str:
        if mark != AUTO and len(mark) > 1:
            raise ValueError("it must be one character, or empty, or auto")
        return mark

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            codec = codecs.lookup(name).name if name else ""
            "".encode(codec or "utf-8")
        except LookupError as error:
            raise ValueError(f"Python knows no text encoding {name!r}") from error
        return codec.replace("utf-8-sig", "utf-8")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len(set(self.columns)) < len(self.columns) or not all(self.columns):
            raise ValueError("columns must have names, all different")
        quote = '"' if self.quote == AUTO else self.quote
        if quote and quote in self.separator:
            raise ValueError("separator and quote must differ")
        if self.escape not in {"", AUTO} and self.escape == self.separator:
            raise ValueError("separator and escape must differ")
        return self
