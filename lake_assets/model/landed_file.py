"""A file on its way from a source to persistent landing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

__all__ = ["Arrival", "FetchedFile", "LandedFile", "LandingOutcome"]


@dataclass(frozen=True)
class Arrival:
    """Something new at a source, not fetched yet.

    Args:
        origin: What it is called there, the same on every host: a path, a URL path, an object key.
        fingerprint: Changes whenever its bytes may have changed: an ETag, size and mtime, a request.
        name: A file name for it.
        fetch: Writes its bytes, in order, into the binary file it is given, and returns what is to be remembered
            of the collection so far (see `Known.state`), or an empty text. Raises `ConnectorError`.
        follows: The `Known.state` that it goes on from: where another run has gone on from there meanwhile, this one is
            dropped when it is to land, and fetched anew. None for what may land whatever is remembered.
        has_more: Whether the next arrival belongs together with it: such files land all at once or not at all.
    """

    origin: str
    fingerprint: str
    name: str
    fetch: Callable[[BinaryIO], str]
    follows: str | None = None
    has_more: bool = False


@dataclass(frozen=True)
class FetchedFile:
    """A file complete in temporary landing.

    Args:
        path: Under the lake root.
        origin: See `Arrival`.
        fingerprint: See `Arrival`.
        name: See `Arrival`.
        state: What the connector remembers after this file.
        sha256: Of its bytes, hexadecimal.
        size_bytes: Of the file.
        newlines: Number of line feed bytes.
        fetched_at: When it was complete, UTC.
        follows: See `Arrival`.
        has_more: See `Arrival`.
    """

    path: str
    origin: str
    fingerprint: str
    name: str
    state: str
    sha256: str
    size_bytes: int
    newlines: int
    fetched_at: datetime
    follows: str | None = None
    has_more: bool = False


class LandingOutcome(StrEnum):
    """What became of a file at persistent landing.

    A `duplicate` repeats the bytes of a landed file, and `erased` those of one of which a person was erased since: both
    go no further. A file is `withdrawn` when its bytes had to go to erase a person; its other rows stay in the tables.
    """

    LANDED = "landed"
    DUPLICATE = "duplicate"
    ERASED = "erased"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class LandedFile:
    """A row of processed files: one file version that persistent landing has taken note of.

    Args:
        file_id: What `_file` holds; grows with time within a dataset, unique in the lake.
        source: Its source.
        dataset: Its dataset.
        path: Under the lake root; for a duplicate, the path of the file it repeats; empty where no bytes are kept.
        origin: See `Arrival`.
        fingerprint: See `Arrival`.
        name: See `Arrival`.
        state: See `FetchedFile`.
        sha256: Of its bytes, hexadecimal; empty where no bytes are kept.
        size_bytes: Of the file.
        newlines: Number of line feed bytes.
        ingested_at: UTC.
        outcome: What became of it.
        duplicate_of: The file id it repeats, when it does.
        run_id: The run that landed it.
    """

    file_id: int
    source: str
    dataset: str
    path: str
    origin: str
    fingerprint: str
    name: str
    state: str
    sha256: str
    size_bytes: int
    newlines: int
    ingested_at: datetime
    outcome: LandingOutcome
    duplicate_of: int | None
    run_id: str
