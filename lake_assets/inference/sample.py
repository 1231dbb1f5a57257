"""Samples: the beginnings of a few files, taken by the connector that a source would use."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from lake_assets.connectors import open_connector
from lake_assets.errors import ConnectorError, DecodeError
from lake_assets.formats import FileBytes
from lake_assets.inference.nature import Nature, nature_of
from lake_assets.inference.nothing_known import NothingKnown
from lake_assets.inference.target import Target
from lake_assets.model import Arrival, LandedFile, LandingOutcome

__all__ = ["LINES_BYTES", "WHOLE_BYTES", "Sample", "beginning", "landed", "take_samples"]

FILES = 5
"""So many files are looked at, the oldest first."""

LINES_BYTES = 2 << 20
"""So much is taken of a file whose lines can be understood without those that follow."""

WHOLE_BYTES = 64 << 20
"""So large may any other file be."""


@dataclass(frozen=True)
class Sample:
    """The beginning of a file, or all of it, on this machine.

    Args:
        file: As if it had landed.
        location: Where it is.
        nature: What it is made of.
        is_cut: Whether the file goes on.
        state: What the connector asked to be remembered with it.
    """

    file: LandedFile
    location: str
    nature: Nature
    is_cut: bool = False
    state: str = ""


class _EnoughError(Exception):
    """More of the file is not wanted."""


class _Sip:
    """Takes what a connector writes until it is enough."""

    def __init__(self, path: Path, arrival: Arrival, place: str) -> None:
        self._file = path.open("wb")
        self._path = path
        self._arrival = arrival
        self._place = place
        self._size = 0

    def write(self, data: bytes) -> int:
        """Take more.

        Raises:
            ConnectorError: When the file is too large, and cannot be understood by its beginning.
        """
        self._file.write(data)
        self._size += len(data)
        if self._size >= LINES_BYTES and self._is_enough():
            raise _EnoughError
        return len(data)

    def close(self) -> None:
        """Put everything onto disk."""
        self._file.close()

    def _is_enough(self) -> bool:
        self._file.flush()
        if nature_of(landed(self._path, self._arrival), str(self._path)) is not Nature.WHOLE:
            return True
        if self._size > WHOLE_BYTES:
            what = f"the file is larger than {WHOLE_BYTES >> 20} MiB, and its beginning does not tell what it holds"
            mend = "download it, and point at the copy"
            raise ConnectorError(what, place=f"{self._place}, {self._arrival.name}", mend=mend)
        return False


def take_samples(target: Target, into: Path) -> list[Sample]:
    """Take the beginnings of the first few files.

    Args:
        target: Where they are.
        into: A folder for them.

    Raises:
        ConnectorError: When there are none, or they cannot be had.
    """
    into.mkdir(parents=True, exist_ok=True)
    arrivals = open_connector(target.source).discover(target.dataset(), NothingKnown())
    # Closed at the end, since an answer may still be open.
    with closing(cast("Generator[Arrival]", arrivals)):
        few = enumerate(islice(arrivals, FILES))
        samples = [_taken(target, arrival, into / f"{number}") for number, arrival in few]
    if not samples:
        mend = "correct what you point at, or let the first file arrive"
        raise ConnectorError("there is nothing to look at", place=target.origin, mend=mend)
    return list({_fingerprint(each): each for each in samples}.values())


def _fingerprint(sample: Sample) -> tuple[int, bytes]:
    """Alike for files that hold the same, which land but once."""
    with Path(sample.location).open("rb") as opened:
        return sample.file.size_bytes, sha256(opened.read(LINES_BYTES)).digest()


def _taken(target: Target, arrival: Arrival, path: Path) -> Sample:
    own = Path(target.folder) / arrival.origin if target.folder else None
    if own and own.is_file() and nature_of(landed(own, arrival), str(own)) is Nature.WHOLE:
        return Sample(landed(own, arrival), str(own), Nature.WHOLE)
    sip, is_cut, state = _Sip(path, arrival, target.origin), False, ""
    try:
        state = arrival.fetch(cast("BinaryIO", sip))
    except _EnoughError:
        is_cut = True
    finally:
        sip.close()
    sample = Sample(landed(path, arrival), str(path), Nature.WHOLE, is_cut, state)
    return _plain(replace(sample, nature=nature_of(sample.file, sample.location)))


def _plain(sample: Sample) -> Sample:
    """The sample, decompressed and without what may be half a line at its end."""
    if sample.nature is not Nature.LINES:
        return sample
    taken = beginning(sample, LINES_BYTES)
    return replace(taken, is_cut=taken.is_cut or sample.is_cut)


def beginning(sample: Sample, size: int) -> Sample:
    """The first lines of a sample.

    Args:
        sample: Of lines.
        size: How many bytes, decompressed.
    """
    text, is_cut = _head(sample, size)
    path = Path(f"{sample.location}.{size}")
    path.write_bytes(text)
    return replace(sample, file=replace(sample.file, size_bytes=len(text)), location=str(path), is_cut=is_cut)


def _head(sample: Sample, size: int) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    with suppress(DecodeError):  # compressed data that are cut break off in the middle
        for chunk in FileBytes(sample.file, sample.location).chunks():
            parts.append(chunk)
            if sum(map(len, parts)) >= size:
                break
    text = b"".join(parts)
    is_cut = sample.is_cut or len(text) > size
    return _whole_lines(text[:size]) if is_cut else text, is_cut


def _whole_lines(text: bytes) -> bytes:
    """Without the half line at the end; old Macintosh files end lines with a carriage return alone."""
    end = 1 + max(text.rfind(b"\n"), -1 if b"\n" in text else text.rfind(b"\r"))
    return text[:end] if end else text


def landed(path: Path, arrival: Arrival) -> LandedFile:
    """A file as if it had landed."""
    return LandedFile(
        file_id=1,
        source="sample",
        dataset="",
        path=arrival.name,
        origin=arrival.origin,
        fingerprint=arrival.fingerprint,
        name=arrival.name,
        state="",
        sha256="",
        size_bytes=path.stat().st_size,
        newlines=0,
        ingested_at=datetime.now(UTC),
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id="",
    )
