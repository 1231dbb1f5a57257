"""JSON documents and JSON lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

import jmespath  # type: ignore[import-untyped]
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]
from pydantic import Field, field_validator, model_validator

from lake_assets.errors import DecodeError, StorageError
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._json_document import JsonDocument
from lake_assets.formats._json_likeness import Likeness
from lake_assets.formats._json_lines import JsonLines
from lake_assets.formats._json_text import JsonParser
from lake_assets.formats._json_together import CleanJson, clean_lines, make_together
from lake_assets.formats._options import checked_options
from lake_assets.formats._text import bom_encoding, texts_of
from lake_assets.formats.protocol import Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Json", "JsonOptions"]


class JsonOptions(FormatOptions):
    """Where the records of a file are.

    Args:
        records: Where they are in a document, in JMESPath, such as `rows` or `data.items`; empty when the document
            is the list of them, or a single one.
        lines: Whether each line is a record; by content when not set.
        max_bytes: The largest document that is read, decompressed; files of lines may be of any size.
    """

    records: str = ""
    lines: bool | None = None
    max_bytes: int = Field(256 << 20, gt=0)

    @field_validator("records")
    @classmethod
    def _is_a_path(cls, path: str) -> str:
        try:
            jmespath.compile(path or "@")
        except JMESPathError as error:
            raise ValueError(f"{path!r} is not JMESPath: {error}".splitlines()[0]) from error
        return path

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.records and self.lines:
            raise ValueError("records is for documents, not for lines")
        return self


class Json:
    """JSON. Values keep their types; an element that differs in kind from record to record is text."""

    options: ClassVar[type[FormatOptions]] = JsonOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(JsonOptions, dataset)
        self._likeness = Likeness(self._options.records)

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. Both paths give the same.

        Raises:
            DecodeError: When the file is empty, cut short or not JSON, or holds no records where they should be.
        """
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        refuse_foreign(data, "JSON")
        if self._has_lines(data):
            return JsonLines(data, is_careful).decode()
        likeness = None if is_careful else self._likeness
        return JsonDocument(
            data, self._options.records, self._options.max_bytes, is_careful, likeness
        ).decode()

    def decode_together(
        self, files: Sequence[tuple[LandedFile, str]], storage_options: dict[str, str]
    ) -> dict[int, Decoded]:
        """Make rows of many small files of lines at once, where their elements are alike; see `DecodesTogether`."""
        if self._options.records or self._options.lines is False:
            return {}
        found = [
            self._clean(FileBytes(file, location, storage_options, self._options.max_ratio))
            for file, location in files
        ]
        return make_together([each for each in found if each])

    def _clean(self, data: FileBytes) -> CleanJson | None:
        """A small file of lines that holds nothing to be told; None where it is to be looked at by itself."""
        try:
            if data.compression != "plain" or not data.is_small or bom_encoding(data.head):
                return None
            refuse_foreign(data, "JSON")
            return clean_lines(data, data.head.decode(), 1 if self._options.lines else 2)
        except (DecodeError, StorageError, UnicodeDecodeError, RecursionError):
            return None

    def _has_lines(self, data: FileBytes) -> bool:
        """As declared; else whether a first line that is a value of its own is followed by another line."""
        if self._options.lines is not None or self._options.records:
            return bool(self._options.lines)
        text = next(texts_of([data.head], bom_encoding(data.head) or "utf-8")).removeprefix("\ufeff").lstrip()
        first, _, rest = text.partition("\n")
        return bool(rest.strip()) and _is_document(first)


def _is_document(text: str) -> bool:
    try:
        JsonParser().parse(text)
    except (ValueError, RecursionError):
        return False
    return True
