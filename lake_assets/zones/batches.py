"""Batches: files that were fetched together and wait in temporary landing.

A batch is there once its manifest is. What a death leaves without one is swept away and fetched again, except files of
a collection that goes on from what is remembered with each: those have a note of their own, and make up a batch too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lake_assets.model import Dataset, FetchedFile, StepCost, Zone
from lake_assets.storage.root import LakeRoot

__all__ = ["MANIFEST", "Batch", "batch_folder", "begin", "finished", "seal", "sweep", "take_note"]

MANIFEST = "manifest.json"
_NOTE = ".note.json"
_NAME = re.compile(r"\d{8}T\d+-(?P<process>\d+)-(?P<host>.+)")
_FILES_PER_BATCH = 4_000
_FILES_OF_A_SLOW_SOURCE = 500
_SLOW_S = 10
_BYTES_PER_BATCH = 256 << 20


@dataclass
class Batch:
    """Files that were fetched together.

    Args:
        folder: Under the lake root.
        files: In the order in which they are to be landed.
        cost: What their fetching cost, once the batch is whole; None where that is not known.
    """

    folder: str
    files: list[FetchedFile]
    cost: StepCost | None = None
    _began_s: float = field(default_factory=time.monotonic)
    _size_bytes: int = 0

    def add(self, file: FetchedFile) -> None:
        """Take in one more file."""
        self.files.append(file)
        self._size_bytes += file.size_bytes

    @property
    def is_full(self) -> bool:
        """Whether the next file begins another: a death must not cost the fetching of much that came slowly."""
        count = len(self.files)
        is_slow = count >= _FILES_OF_A_SLOW_SOURCE and time.monotonic() - self._began_s > _SLOW_S
        is_large = count >= _FILES_PER_BATCH or self._size_bytes >= _BYTES_PER_BATCH
        return (is_large or is_slow) and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether its last file belongs together with one that is not there yet."""
        return bool(self.files) and self.files[-1].has_more


def batch_folder(dataset: Dataset) -> str:
    """Where the batches of a dataset are, under the lake root."""
    return f"{Zone.TEMPORARY_LANDING}/{dataset.source}/{dataset.name}"


def begin(dataset: Dataset) -> Batch:
    """A batch without a file yet, named so that batches sort by their time."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}-{socket.gethostname()}"
    return Batch(f"{batch_folder(dataset)}/{name}", [])


def take_note(root: LakeRoot, file: FetchedFile) -> None:
    """Write beside a file what is known of it, so that the death of this process does not cost the fetch."""
    with root.files.create(f"{file.path}{_NOTE}") as stream:
        stream.write(json.dumps(_as_row(file)).encode())


def seal(root: LakeRoot, batch: Batch) -> list[FetchedFile]:
    """Write the manifest, by which the batch is there; files that wait for others are left out.

    Raises:
        LakeError: When nothing may be committed any more; see `LakeRoot.watched`.
    """
    while batch.is_open:
        batch.files.pop()
    if batch.files:
        root.refuse_late()
        with root.files.create(f"{batch.folder}/{MANIFEST}") as stream:
            cost = batch.cost.to_record() if batch.cost else None
            said = {"files": [_as_row(file) for file in batch.files], "cost": cost}
            stream.write(json.dumps(said).encode())
    return batch.files


def _as_row(file: FetchedFile) -> dict[str, object]:
    return {**vars(file), "fetched_at": file.fetched_at.isoformat()}


def finished(root: LakeRoot, dataset: Dataset) -> Iterator[Batch]:
    """The batches that wait to be landed, oldest first."""
    paths = sorted(entry.path for entry in root.files.list(batch_folder(dataset)))
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name == MANIFEST:
            yield from _read(root, folder)


def _read(root: LakeRoot, folder: str) -> Iterator[Batch]:
    """Read a batch, unless another run took it meanwhile."""
    try:
        with root.files.open(f"{folder}/{MANIFEST}") as stream:
            said = json.loads(stream.read())
    except FileNotFoundError:
        return
    if isinstance(said, list):  # by an older version of the product
        said = {"files": said, "cost": None}
    cost = StepCost.from_record(said["cost"]) if said["cost"] else None
    yield Batch(folder, [_as_file(row) for row in said["files"]], cost)


def _as_file(row: dict[str, str]) -> FetchedFile:
    return FetchedFile(**{**row, "fetched_at": datetime.fromisoformat(row["fetched_at"])})  # type: ignore[arg-type]


def sweep(root: LakeRoot, dataset: Dataset) -> None:
    """Finish the batches of dead runs as far as they came with notes; delete the others."""
    # By name, since a folder with nothing but half of a file seems empty when its files are listed.
    folders = {f"{batch_folder(dataset)}/{name}" for name in root.files.folders(batch_folder(dataset))}
    if not folders:
        return
    paths = [entry.path for entry in root.files.list(batch_folder(dataset))]
    sealed = {path.rsplit("/", 1)[0] for path in paths if path.endswith(f"/{MANIFEST}")}
    for folder in folders - sealed:
        if _is_abandoned(folder.rsplit("/", 1)[-1]):
            notes = sorted(path for path in paths if path.startswith(f"{folder}/") and path.endswith(_NOTE))
            if not seal(root, Batch(folder, list(_noted(root, notes)))):
                root.files.delete_folder(folder)


def _noted(root: LakeRoot, notes: Iterable[str]) -> Iterator[FetchedFile]:
    """The files that notes are of, up to the first that is not whole: what comes after goes on from it."""
    for note in notes:
        try:
            with root.files.open(note) as stream:
                file = _as_file(json.loads(stream.read()))
            with root.files.open(file.path) as stream:
                is_whole = hashlib.sha256(stream.read()).hexdigest() == file.sha256
        except (FileNotFoundError, ValueError):
            return
        if not is_whole:
            return
        yield file


def _is_abandoned(name: str) -> bool:
    """Whether the process that began a batch on this machine is gone; of other machines nothing is known."""
    named = _NAME.fullmatch(name)
    if named is None or named["host"] != socket.gethostname():
        return False
    with suppress(PermissionError):
        try:
            os.kill(int(named["process"]), 0)
        except ProcessLookupError:
            return True
    return False
