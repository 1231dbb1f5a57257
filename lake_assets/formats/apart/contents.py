"""What a reader in the child gives of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import FileIO
from typing import Protocol

import pyarrow as pa

__all__ = ["Contents", "NotThisFormatError", "Reader"]


class NotThisFormatError(Exception):
    """The file as a whole is not what it should be; says why."""


@dataclass(frozen=True)
class Contents:
    """The elements of a file and its records, not read yet.

    Args:
        schema: Of every block.
        blocks: The records, in order.
        rows: How many there are, where the file says so itself.
        notes: How the file was read, JSON values, for the record.
    """

    schema: pa.Schema
    blocks: Iterator[pa.RecordBatch]
    rows: int | None = None
    notes: dict[str, object] = field(default_factory=dict)


class Reader(Protocol):
    """What a module must have to read files in the child."""

    @staticmethod
    def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
        """Open a file.

        Args:
            stream: The file, at its start; only for positioned reads where others read it too.
            options: What the dataset declares, checked.
        """
        ...
