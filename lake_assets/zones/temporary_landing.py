"""Temporary landing: fetch what is new at a source, complete or absent, hashed while it is copied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

import polars as pl
import pyarrow as pa

from lake_assets.connectors import Connector, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, FetchedFile, Run, StepCost, StepReport, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.batches import MANIFEST, Batch, batch_folder, begin, seal, take_note
from lake_assets.zones.note import Clock

__all__ = ["MANIFEST", "Batch", "batch_folder", "fetch"]

_LINE_FEED = 10
_LARGE_BYTES = 1 << 19


def fetch(root: LakeRoot, dataset: Dataset, connector: Connector, known: Known, run: Run) -> StepReport:
    """Bring everything that is new at the source into temporary landing.

    Args:
        root: The lake.
        dataset: What to collect.
        connector: Its way in.
        known: What has been landed before, or waits to be.
        run: The run, for the record of what fetching cost.

    Returns:
        Files and bytes fetched. A file that could not be fetched is a problem and does not stop the others; so is
        a source that cannot be reached after it handed over some.

    Raises:
        ConnectorError: When nothing could be fetched though something should have been.
    """
    clock = of_batch = Clock()
    errors: list[ConnectorError] = []
    fetched: list[FetchedFile] = []
    batch = begin(dataset)
    for arrival in _arrivals(dataset, connector, known, errors):
        try:
            batch.add(_fetch_one(root, batch, len(batch.files), arrival))
        except ConnectorError as error:
            errors.append(error)
            if arrival.has_more or batch.is_open:
                break  # the rest of what belongs together cannot land without it
            continue
        if batch.is_full:
            fetched += _sealed(root, batch, of_batch.cost(run))
            batch, of_batch = begin(dataset), Clock()
    fetched += _sealed(root, batch, of_batch.cost(run))
    if errors and not fetched:
        raise _as_one(dataset, errors)
    return StepReport(
        Zone.TEMPORARY_LANDING,
        dataset.name,
        is_changed=bool(fetched),
        files=len(fetched),
        size_bytes=sum(file.size_bytes for file in fetched),
        problems=tuple(map(str, errors)),
        seconds=clock.seconds,
        effort=clock.effort,
    )


def _sealed(root: LakeRoot, batch: Batch, cost: StepCost) -> list[FetchedFile]:
    batch.cost = cost
    return seal(root, batch)


def _arrivals(
    dataset: Dataset, connector: Connector, known: Known, errors: list[ConnectorError]
) -> Iterator[Arrival]:
    try:
        yield from connector.discover(dataset, known)
    except ConnectorError as error:
        errors.append(error)


def _as_one(dataset: Dataset, errors: list[ConnectorError]) -> ConnectorError:
    if len(errors) == 1:
        return errors[0]
    place = f"source {dataset.source}, dataset {dataset.name}"
    mend = "mend it at the source, then run again"
    return ConnectorError("\n".join(map(str, errors)), place=place, mend=mend)


def _fetch_one(root: LakeRoot, batch: Batch, number: int, arrival: Arrival) -> FetchedFile:
    path = f"{batch.folder}/{number:05d}"
    with root.files.create(path) as stream:
        counting = _Hashing(stream)
        state = arrival.fetch(cast("BinaryIO", counting))
    fetched = FetchedFile(
        path=path,
        origin=arrival.origin,
        fingerprint=arrival.fingerprint,
        name=arrival.name,
        state=state,
        sha256=counting.digest.hexdigest(),
        size_bytes=counting.size_bytes,
        newlines=counting.newlines,
        fetched_at=datetime.now(UTC),
        follows=arrival.follows,
        has_more=arrival.has_more,
    )
    if state:
        take_note(root, fetched)
    return fetched


class _Hashing:
    """A stream that hashes and counts what is written through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size_bytes = 0
        self.newlines = 0

    def write(self, chunk: bytes) -> int:
        self.digest.update(chunk)
        self.size_bytes += len(chunk)
        self.newlines += _line_feeds(chunk)
        return self._stream.write(chunk)


def _line_feeds(chunk: bytes) -> int:
    """Their number; whether there is any is found out for next to nothing, and Polars counts in a large chunk best."""
    if b"\n" not in chunk:
        return 0
    if len(chunk) < _LARGE_BYTES:
        return chunk.count(b"\n")
    codes = pa.Array.from_buffers(pa.uint8(), len(chunk), [None, pa.py_buffer(chunk)])
    return int((pl.Series(values=codes) == _LINE_FEED).sum())
