"""Files landed for tests of formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from lake_assets.formats import ROW, Decoded, Format
from lake_assets.model import Dataset, LandedFile, LandingOutcome, Mapping, Options


@dataclass(frozen=True)
class Outcome:
    """A decoded file, read to its end: the rows in the order of the frame, the record numbers apart."""

    decoded: Decoded
    frame: pl.DataFrame

    @property
    def rows(self) -> list[tuple[object, ...]]:
        return self.frame.drop(ROW).rows()

    @property
    def numbers(self) -> list[int]:
        return self.frame[ROW].to_list()

    @property
    def bad_numbers(self) -> list[int]:
        return [bad.row for bad in self.decoded.bad_records]

    @property
    def is_whole(self) -> bool:
        witness = self.decoded.witness
        nulls = self.frame[witness].null_count() if witness else 0
        return self.decoded.is_whole(self.frame.height, nulls)


def landed(path: Path) -> LandedFile:
    """Processed files' row for a file on this machine."""
    stored = path.read_bytes()
    return LandedFile(
        file_id=1,
        source="city",
        dataset="bikes",
        path=path.name,
        origin=path.name,
        fingerprint="1",
        name="bikes 2024.csv",
        state="",
        sha256=sha256(stored).hexdigest(),
        size_bytes=len(stored),
        newlines=stored.count(b"\n"),
        ingested_at=datetime(2024, 1, 1, tzinfo=UTC),
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id="run",
    )


def dataset(kind: str, options: Options | None = None, null_tokens: tuple[str, ...] = ()) -> Dataset:
    """A dataset of one format."""
    mapping = Mapping(null_tokens=null_tokens)
    return Dataset("bikes", "city", format=kind, format_options=options or {}, mapping=mapping)


def decode(reader: Format, path: Path, *, is_careful: bool = False) -> Outcome:
    """Decode and collect, as a zone does: by the streaming engine."""
    decoded = reader.decode(landed(path), str(path), {}, is_careful=is_careful)
    return Outcome(decoded, decoded.frame.collect(engine="streaming"))


def place(reader: Format, path: Path) -> Outcome:
    """What a zone keeps in the end: the fast path where that proves whole, the careful one otherwise."""
    try:
        outcome = decode(reader, path)
    except (OSError, pl.exceptions.PolarsError):
        return decode(reader, path, is_careful=True)
    return outcome if outcome.is_whole else decode(reader, path, is_careful=True)
