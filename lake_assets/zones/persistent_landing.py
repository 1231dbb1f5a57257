"""Persistent landing: every ingested file version, raw bytes, immutable, found again by what it is.

Bytes first, then the note of them, then the temporary copy goes: a death in between repeats a step, never loses one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from lake_assets.governance.processed_files import take_note
from lake_assets.model import Dataset, FetchedFile, LandedFile, LandingOutcome, Run, StepReport, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.note import Clock
from lake_assets.zones.temporary_landing import MANIFEST, Batch, batch_folder

__all__ = ["land"]


def land(root: LakeRoot, dataset: Dataset, run: Run) -> StepReport:
    """Take every finished batch of a dataset from temporary into persistent landing.

    Args:
        root: The lake.
        dataset: Whose batches.
        run: The run, for the record.

    Returns:
        Files and bytes landed, and how many files were duplicates of landed ones.
    """
    clock = Clock()
    noted: list[LandedFile] = []
    for batch in _batches(root, dataset):
        noted += _land_batch(root, dataset, batch, run)
    landed = [file for file in noted if file.outcome is LandingOutcome.LANDED]
    return StepReport(
        Zone.PERSISTENT_LANDING,
        dataset.name,
        is_changed=bool(noted),
        files=len(landed),
        size_bytes=sum(file.size_bytes for file in landed),
        duplicates=len(noted) - len(landed),
        seconds=clock.seconds,
    )


def _batches(root: LakeRoot, dataset: Dataset) -> Iterator[Batch]:
    """The finished batches, oldest first."""
    paths = sorted(entry.path for entry in root.files.list(batch_folder(dataset)))
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name == MANIFEST:
            yield from _read(root, folder)


def _read(root: LakeRoot, folder: str) -> Iterator[Batch]:
    """Read a batch, unless another run took it meanwhile."""
    try:
        with root.files.open(f"{folder}/{MANIFEST}") as stream:
            rows = json.loads(stream.read())
    except FileNotFoundError:
        return
    files = [FetchedFile(**{**row, "fetched_at": datetime.fromisoformat(row["fetched_at"])}) for row in rows]
    yield Batch(folder, files)


def _land_batch(root: LakeRoot, dataset: Dataset, batch: Batch, run: Run) -> list[LandedFile]:
    placed: dict[str, str] = {}

    def keep(pairs: Sequence[tuple[FetchedFile, LandedFile]]) -> None:
        wanted = {fetched.path: landed.path for fetched, landed in pairs}
        root.files.delete([new for old, new in placed.items() if wanted.get(old) != new])
        for old, new in wanted.items():
            root.files.copy(old, new)
        placed.clear()
        placed.update(wanted)
        root.files.make_durable(list(wanted.values()))

    try:
        noted = take_note(root, dataset, batch.files, run.run_id, keep)
    except FileNotFoundError:
        return []
    root.files.delete_folder(batch.folder)
    return noted
