"""Temporary landing: fetch what is new at a source, complete or absent, hashed while it is copied.

Files arrive in batches. A batch is there once its manifest is; what a death leaves without one is fetched again.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast

from lake_assets.connectors import Connector, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, FetchedFile, StepReport, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.note import Clock

__all__ = ["MANIFEST", "Batch", "batch_folder", "fetch"]

MANIFEST = "manifest.json"
_FILES_PER_BATCH = 500
_BYTES_PER_BATCH = 256 << 20


@dataclass
class Batch:
    """Files that were fetched together.

    Args:
        folder: Under the lake root.
        files: In the order in which they are to be landed.
    """

    folder: str
    files: list[FetchedFile]

    @property
    def size_bytes(self) -> int:
        """Bytes of its files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def is_full(self) -> bool:
        """Whether the next file begins another."""
        return len(self.files) >= _FILES_PER_BATCH or self.size_bytes >= _BYTES_PER_BATCH


def batch_folder(dataset: Dataset) -> str:
    """Where the batches of a dataset are, under the lake root."""
    return f"{Zone.TEMPORARY_LANDING}/{dataset.source}/{dataset.name}"


def fetch(root: LakeRoot, dataset: Dataset, connector: Connector, known: Known) -> StepReport:
    """Bring everything that is new at the source into temporary landing.

    Args:
        root: The lake.
        dataset: What to collect.
        connector: Its way in.
        known: What has been landed before.

    Returns:
        Files and bytes fetched. A file that could not be fetched is a problem and does not stop the others; so is
        a source that cannot be reached after it handed over some.
    """
    clock = Clock()
    _sweep(root, dataset)
    problems: list[str] = []
    fetched: list[FetchedFile] = []
    batch = _new_batch(dataset)
    for arrival in _arrivals(dataset, connector, known, problems):
        try:
            batch.files.append(_fetch_one(root, batch, len(batch.files), arrival))
        except ConnectorError as error:
            problems.append(str(error))
            continue
        if batch.is_full:
            fetched += _seal(root, batch)
            batch = _new_batch(dataset)
    fetched += _seal(root, batch)
    return StepReport(
        Zone.TEMPORARY_LANDING,
        dataset.name,
        is_changed=bool(fetched),
        files=len(fetched),
        size_bytes=sum(file.size_bytes for file in fetched),
        problems=tuple(problems),
        seconds=clock.seconds,
    )


def _arrivals(dataset: Dataset, connector: Connector, known: Known, problems: list[str]) -> Iterator[Arrival]:
    try:
        yield from connector.discover(dataset, known)
    except ConnectorError as error:
        problems.append(str(error))


def _new_batch(dataset: Dataset) -> Batch:
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}-{socket.gethostname()}"
    return Batch(f"{batch_folder(dataset)}/{name}", [])


def _fetch_one(root: LakeRoot, batch: Batch, number: int, arrival: Arrival) -> FetchedFile:
    path = f"{batch.folder}/{number:05d}"
    with root.files.create(path) as stream:
        counting = _Hashing(stream)
        state = arrival.fetch(cast("BinaryIO", counting))
    return FetchedFile(
        path=path,
        origin=arrival.origin,
        fingerprint=arrival.fingerprint,
        name=arrival.name,
        state=state,
        sha256=counting.digest.hexdigest(),
        size_bytes=counting.size_bytes,
        newlines=counting.newlines,
        fetched_at=datetime.now(UTC),
    )


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
        self.newlines += chunk.count(b"\n")
        return self._stream.write(chunk)


def _seal(root: LakeRoot, batch: Batch) -> list[FetchedFile]:
    """Write the manifest, by which the batch is there."""
    if batch.files:
        rows = [{**asdict(file), "fetched_at": file.fetched_at.isoformat()} for file in batch.files]
        with root.files.create(f"{batch.folder}/{MANIFEST}") as stream:
            stream.write(json.dumps(rows).encode())
    return batch.files


def _sweep(root: LakeRoot, dataset: Dataset) -> None:
    """Delete what dead runs left unfinished."""
    paths = [entry.path for entry in root.files.list(batch_folder(dataset))]
    folders = {path.rsplit("/", 1)[0] for path in paths}
    finished = {path.rsplit("/", 1)[0] for path in paths if path.endswith(f"/{MANIFEST}")}
    for folder in folders - finished:
        if _is_abandoned(folder.rsplit("/", 1)[-1]):
            root.files.delete_folder(folder)


def _is_abandoned(name: str) -> bool:
    """Whether the process that began a batch on this machine is gone; of other machines nothing is known."""
    _, process_id, host = name.split("-", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
