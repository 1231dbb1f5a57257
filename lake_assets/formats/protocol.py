"""What a format is: it makes one lazy frame of one landed file, and loses no record of it.

To add one: write a class with this shape in a file of its own, register it under the entry point group
`lake_assets.formats`, and subclass the contract suite `lake_assets_tests.formats.contract`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Protocol, runtime_checkable

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from lake_assets.model import Dataset, LandedFile

__all__ = ["ROW", "BadRecord", "Decoded", "DecodesTogether", "Format", "FormatOptions", "Shared"]

ROW = "_row"
"""The column that numbers the records of a file from 1, header rows not counted, bad records counted."""


class FormatOptions(BaseModel):
    """Declared options: unknown names are refused.

    Args:
        max_ratio: How many times the size of a file may come out of it when it is unpacked, beyond 1 GiB.
        members: Which members of a zip or tar archive are read, as a pattern of their names such as `data/*.csv`.
        max_members: How many members an archive may have.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_ratio: int = Field(250, gt=0)
    members: str = Field("*", min_length=1)
    max_members: int = Field(10_000, gt=0)


@dataclass(frozen=True)
class BadRecord:
    """A record that does not parse.

    Args:
        row: Its number in the file, from 1.
        raw: Its text as it stands in the file; bytes that are no text are shown as backslash escapes.
        reason: What is wrong with it.
    """

    row: int
    raw: str
    reason: str


@dataclass(frozen=True)
class Shared:
    """Rows of several landed files that were read together, file after file.

    Args:
        rows: One column per element, then `_row`.
        files: Of each row the id of its landed file (Int64).
    """

    rows: pl.DataFrame
    files: pl.Series

    @cached_property
    def elements(self) -> dict[str, pl.DataType]:
        """The elements that all of these files have, and their types; the same object at each call."""
        return {name: kind for name, kind in self.rows.schema.items() if name != ROW}


def _always(_rows: int, _witness_nulls: int) -> bool:
    return True


@dataclass(frozen=True)
class Decoded:
    """A landed file as a frame that is not read yet.

    Args:
        frame: One column per element, under its name in the file, then `_row` (Int64). Text formats give text.
        bad_records: What did not parse; empty on the fast path.
        witness: The element whose nulls hint at records that are too short; empty where there is no such hint.
        is_whole: Given how many rows came out of the frame and how many nulls the witness had, says whether every
            record of the file is either among them or a bad record. When it is not, the file is decoded again,
            carefully.
        decision: How the file was read (dialect, encoding, which path), JSON values, for the record.
        shared: The rows of many files that were read together, where those of the frame are some of them.
        typed: Makes the same frame with some elements of it as numbers (Int64 or Float64), by their names. It gives
            what a cast of their text gives, blanks around and empty text left out, and raises where a cell is no
            number. None where the format gains nothing by it.
    """

    frame: pl.LazyFrame
    bad_records: tuple[BadRecord, ...] = ()
    witness: str = ""
    is_whole: Callable[[int, int], bool] = _always
    decision: dict[str, object] = field(default_factory=dict)
    shared: Shared | None = None
    typed: Callable[[Mapping[str, pl.DataType]], pl.LazyFrame] | None = None


class Format(Protocol):
    """One kind of file. `options` checks what a dataset declares under `format`, besides `kind`."""

    options: ClassVar[type[FormatOptions]]

    def __init__(self, dataset: Dataset) -> None:
        """Keep what the dataset declares."""
        ...

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a landed file.

        Args:
            file: The file, with its size, hash and number of line feeds.
            location: Its full path or URI.
            storage_options: Access to it, in object_store's names, when it is not on this machine.
            is_careful: False for the fast path, which may fail or prove not whole; True for the path that places
                every record, in bounded memory, however slow.

        Raises:
            DecodeError: When the file as a whole is not of this format: empty, truncated, something else.
        """
        ...


@runtime_checkable
class DecodesTogether(Protocol):
    """What a format may be able to besides: read many small files in one pass, where each by itself costs more."""

    def decode_together(
        self, files: Sequence[tuple[LandedFile, str]], storage_options: dict[str, str]
    ) -> dict[int, Decoded]:
        """Decode those of some small files that are clean, as the fast path would each alone.

        Args:
            files: Each with its full path or URI; together they fit into memory.
            storage_options: As for `Format.decode`.

        Returns:
            By file id what became of each, proven whole. A file that is not there is to be decoded alone.
        """
        ...
