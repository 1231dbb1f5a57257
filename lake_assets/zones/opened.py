"""Landed files as they are found when they are opened: readable, readable with care, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats import Decoded
from lake_assets.model import LandedFile

__all__ = ["UNREADABLE", "Doubts", "Opened", "Opening", "Refused", "as_decode_error", "place_of"]

UNREADABLE = (pl.exceptions.PolarsError, DecodeError, ValueError)
"""What reading a file may raise by a fault of the file: readers are called by Polars, late."""


@dataclass(frozen=True)
class Opened:
    """A landed file that can be read.

    Args:
        file: The file.
        decoded: Its frame, not read yet.
        elements: Its elements and their types, without the record number.
        is_careful: Whether the careful path reads it.
    """

    file: LandedFile
    decoded: Decoded
    elements: dict[str, pl.DataType]
    is_careful: bool


@dataclass(frozen=True)
class Refused:
    """Something that could not be placed in a row.

    Args:
        file: The file.
        row: Record number, or 0 for the file as a whole.
        raw: The record as it stands; empty for a whole file, whose bytes are kept in persistent landing.
        reason: Why.
    """

    file: LandedFile
    row: int
    raw: str
    reason: str


@dataclass
class Opening:
    """The outcome of `open_files`.

    Args:
        opened: The files that can be read.
        refused: What cannot be placed in a row.
        unfit: Files that could be read, and are refused for their elements.
    """

    opened: list[Opened] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unfit: list[Opened] = field(default_factory=list)


@dataclass
class Doubts:
    """What reading has shown so far of the files of one commit.

    Args:
        careful: Ids of those that the careful path has to read.
        unreadable: Why a file cannot be read even so, by its id.
        has_odd_numbers: Whether some cell may not be the number it should be, so that all are read as text first.
    """

    careful: set[int] = field(default_factory=set)
    unreadable: dict[int, DecodeError] = field(default_factory=dict)
    has_odd_numbers: bool = False


def place_of(file: LandedFile) -> str:
    """Where an error is: the dataset and the file."""
    return f"dataset {file.dataset}, file {file.name}"


def as_decode_error(file: LandedFile, error: Exception | None) -> DecodeError:
    """What was raised while a file was read, as the reason to refuse it.

    Args:
        file: The file.
        error: What was raised; None when it was read, but not whole.
    """
    if isinstance(error, DecodeError):
        return error
    what = f"the file cannot be read: {error or 'not every record came out of it'}"
    mend = "report this file and the reason; its bytes are kept in persistent landing"
    return DecodeError(what, place=place_of(file), mend=mend)
