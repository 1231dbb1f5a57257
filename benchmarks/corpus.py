"""What a corpus of difficult files is, and how one file of it is decoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats import Decoded, open_format
from lake_assets.model import Dataset, LandedFile, LandingOutcome, Options

__all__ = ["Case", "Corpus", "Judged", "Outcome", "Read", "read_as_a_zone"]


class Outcome(StrEnum):
    """What became of a file."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    LOST = "lost"
    DIED = "died"


@dataclass(frozen=True)
class Case:
    """A file of a corpus.

    Args:
        name: In the corpus.
        path: Where it is.
        group: Under which it is counted.
        options: What is declared for it.
    """

    name: str
    path: Path
    group: str = "files"
    options: Options = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """What became of a case.

    Args:
        name: Of the case.
        group: Of the case.
        outcome: What became of it.
        reason: Why, for people.
        measures: What a score is made of.
    """

    name: str
    group: str
    outcome: Outcome
    reason: str = ""
    measures: tuple[float, ...] = ()


@dataclass(frozen=True)
class Read:
    """A file as a zone keeps it in the end.

    Args:
        frame: Its rows.
        decoded: What the format said of it.
    """

    frame: pl.DataFrame
    decoded: Decoded

    @property
    def outcome(self) -> Outcome:
        """Accepted, or quarantined in part."""
        return Outcome.QUARANTINED if self.decoded.bad_records else Outcome.ACCEPTED


def _no_score(_judged: list[Judged], _folder: Path) -> str:
    return ""


@dataclass(frozen=True)
class Corpus:
    """A public collection of difficult files.

    Args:
        cases: The files in a folder that holds it.
        judge: Decodes one and compares it with what it should be. Called in another process.
        score: What is to be said of all of them together.
    """

    cases: Callable[[Path], list[Case]]
    judge: Callable[[Case], Judged]
    score: Callable[[list[Judged], Path], str] = _no_score


def read_as_a_zone(kind: str, case: Case) -> Read:
    """Decode the fast way, and with care where that fails or proves not whole.

    Raises:
        DecodeError: When the file is refused as a whole.
    """
    reader = open_format(Dataset("corpus", "corpus", format=kind, format_options=case.options))
    file = _landed(case.path)
    for is_careful in (False, True):
        try:
            decoded = reader.decode(file, str(case.path), {}, is_careful=is_careful)
            frame = decoded.frame.collect(engine="streaming")
        except (pl.exceptions.PolarsError, ValueError, DecodeError) as error:
            if is_careful:
                what = error.what if isinstance(error, DecodeError) else str(error)
                raise DecodeError(what, place=case.name) from error
            continue
        nulls = frame[decoded.witness].null_count() if decoded.witness else 0
        if decoded.is_whole(frame.height, nulls):
            return Read(frame, decoded)
    raise DecodeError("not every record came out of it", place=case.name)


def _landed(path: Path) -> LandedFile:
    stored = path.read_bytes()
    return LandedFile(
        file_id=1,
        source="corpus",
        dataset="corpus",
        path=path.name,
        origin=path.name,
        fingerprint="",
        name=path.name,
        state="",
        sha256=sha256(stored).hexdigest(),
        size_bytes=len(stored),
        newlines=stored.count(b"\n"),
        ingested_at=datetime(2024, 1, 1, tzinfo=UTC),
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id="corpus",
    )
