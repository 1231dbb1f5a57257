"""Images, documents and other files that are kept and described, not parsed."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._media import media_of
from lake_assets.formats._options import checked_options
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Blob"]

_SCHEMA = pl.Schema(
    {
        "name": pl.String(),
        "origin": pl.String(),
        "path": pl.String(),
        "kind": pl.String(),
        "media_type": pl.String(),
        "size_bytes": pl.Int64(),
        "sha256": pl.String(),
        "width": pl.Int64(),
        "height": pl.Int64(),
        ROW: pl.Int64(),
    }
)


class Blob:
    """One row a file: what it is, how large, its hash and where it is kept. The bytes stay in persistent landing."""

    options: ClassVar[type[FormatOptions]] = FormatOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check the options; there are none of its own."""
        checked_options(FormatOptions, dataset)

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Describe a file; see `Format.decode`.

        Raises:
            DecodeError: When the file is not of the size that was landed.
        """
        del is_careful
        media = media_of(FileBytes(file, location, storage_options).stored)
        size = (media.width, media.height)
        row = (file.name, file.origin, file.path, media.kind, media.media_type, file.size_bytes, file.sha256)
        frame = pl.DataFrame([(*row, *size, 1)], schema=_SCHEMA, orient="row")
        return Decoded(frame.lazy(), is_whole=lambda rows, _nulls: rows == 1, decision={"kind": media.kind})
