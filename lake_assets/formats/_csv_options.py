"""How the files of a delimited dataset are declared."""

from __future__ import annotations

import codecs
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from lake_assets.formats.protocol import FormatOptions

__all__ = ["CsvOptions"]


class CsvOptions(FormatOptions):
    """How the files of a dataset are written.

    Args:
        separator: One ASCII character between fields.
        quote: One ASCII character around fields that hold separators or line ends; empty when there is none.
        encoding: A codec of Python; empty means UTF-8, UTF-16 or UTF-32 by their byte order mark, and Windows-1252 or
            Latin-1 for a file that is not UTF-8.
        header: Whether the first record names the elements.
        columns: The names of the elements, for files without a header.
        compression: What files must be compressed with; `auto` takes all these.
    """

    separator: str = Field(",", min_length=1, max_length=1)
    quote: str = Field('"', max_length=1)
    encoding: str = ""
    header: bool = True
    columns: tuple[str, ...] = ()
    compression: Literal["auto", "gzip", "zstd", "bzip2", "xz", "plain"] = "auto"

    @field_validator("separator", "quote")
    @classmethod
    def _is_one_byte(cls, character: str) -> str:
        if not character.isascii() or character in {"\r", "\n", "\0"}:
            raise ValueError("it must be an ASCII character that ends no line")
        return character

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
        if self.header == bool(self.columns):
            raise ValueError("columns are to be named where header is false, and only there")
        if len(set(self.columns)) < len(self.columns) or not all(self.columns):
            raise ValueError("columns must have names, all different")
        if self.separator == self.quote:
            raise ValueError("separator and quote must differ")
        return self
