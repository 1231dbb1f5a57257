"""A landed file as it is, or a member of an archive as if it had landed by itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from lake_assets.erasure.proof import found_in
from lake_assets.erasure.spans import LINES
from lake_assets.erasure.words import Words
from lake_assets.errors import LakeError, StorageError
from lake_assets.formats import Decoded, FileBytes, is_of_the_machine, open_format
from lake_assets.model import Dataset, LandedFile
from lake_assets.storage.root import LakeRoot

__all__ = ["FAILS", "ROUGH", "Original", "decoded_at", "require_of_the_file", "rough_folder"]

ROUGH = ".erasure-"
"""What the name of a folder under the root begins with in which bytes lie until they are proved."""

FAILS = (LakeError, pl.exceptions.PolarsError, ValueError, csv.Error, OSError, RecursionError)
"""What reading a file, or making it anew, raises where it is not to be done."""

_TEXTS = {"csv", "json", *LINES}


@dataclass(frozen=True)
class Original:
    """A landed file as it is.

    Args:
        root: The lake.
        dataset: Of which dataset.
        file: The file.
        at: Where a member of an archive lies for now; empty for a file that landed.
    """

    root: LakeRoot
    dataset: Dataset
    file: LandedFile
    at: str = ""

    @property
    def _place(self) -> tuple[str, dict[str, str]]:
        return (self.at, {}) if self.at else (self.root.locate(self.file.path), self.root.storage_options)

    @cached_property
    def decoded(self) -> Decoded | None:
        """What comes out of it; None when it cannot be read."""
        return decoded_at(self.dataset, self.file, *self._place)

    @property
    def data(self) -> FileBytes:
        """Its bytes."""
        return FileBytes(self.file, *self._place)

    @cached_property
    def plain(self) -> bytes:
        """All its bytes, decompressed."""
        return b"".join(self.data.chunks())

    def holds(self, words: Words) -> bool:
        """Whether one of the words stands in it, or in its name."""
        if not words or words.are_in(self.file.name):
            return bool(words)
        if any(found_in(self._stored(), words)):
            return True
        if self.dataset.format in _TEXTS or self.decoded is None:
            return False
        rows = self.decoded.frame
        hits = [words.within(pl.col(name), kind) for name, kind in rows.collect_schema().items()]
        return not rows.filter(pl.any_horizontal(hits)).head(1).collect(engine="streaming").is_empty()

    def _stored(self) -> bytes:
        if self.at:
            return Path(self.at).read_bytes()
        with self.root.files.open(self.file.path) as stream:
            return stream.read()


def decoded_at(dataset: Dataset, file: LandedFile, location: str, options: dict[str, str]) -> Decoded | None:
    """What comes out of a file, wherever it lies; None when it cannot be read.

    Raises:
        OSError: When the machine gives out.
        StorageError: When the store does.
    """
    try:
        return open_format(dataset).decode(file, location, options, is_careful=True)
    except FAILS as error:
        require_of_the_file(error)
        return None


def require_of_the_file(error: Exception) -> None:
    """Raise an error again that says nothing of the file, which must not be withdrawn for it.

    Args:
        error: One of `FAILS`.
    """
    cause = error.__cause__ if isinstance(error, StorageError) else error
    if isinstance(cause, Exception) and is_of_the_machine(cause) and not isinstance(cause, FileNotFoundError):
        raise error


def rough_folder(root: LakeRoot) -> TemporaryDirectory[str]:
    """A folder for bytes that are looked at, gone again afterwards: beside the lake's own, where that is here."""
    return TemporaryDirectory(prefix=ROUGH, dir=root.uri if root.is_local else None)
