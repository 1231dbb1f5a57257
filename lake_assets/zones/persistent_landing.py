"""Persistent landing: every ingested file version, raw bytes, immutable, found again by what it is.

Bytes first, then the note of them, then the temporary copy goes: a death in between repeats a step, never loses one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lake_assets.governance.landing_costs import said_of_landing
from lake_assets.governance.processed_files import all_files, known_files
from lake_assets.governance.taking_note import take_note
from lake_assets.model import Dataset, FetchedFile, LandedFile, LandingOutcome, Run, StepReport, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.batches import Batch, finished
from lake_assets.zones.note import Clock

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
    problems: list[str] = []
    for batch in finished(root, dataset):
        noted += _land_batch(root, dataset, batch, run, problems)
    landed = [file for file in noted if file.outcome is LandingOutcome.LANDED]
    return StepReport(
        Zone.PERSISTENT_LANDING,
        dataset.name,
        is_changed=bool(noted),
        files=len(landed),
        size_bytes=sum(file.size_bytes for file in landed),
        duplicates=len(noted) - len(landed),
        problems=tuple(problems),
        seconds=clock.seconds,
        effort=clock.effort,
    )


def _land_batch(
    root: LakeRoot, dataset: Dataset, batch: Batch, run: Run, problems: list[str]
) -> list[LandedFile]:
    clock = Clock()

    def told() -> dict[str, object]:
        return said_of_landing(batch.files, batch.cost, clock.cost(run))

    try:
        noted = _take(root, dataset, batch.files, run, told)
    except FileNotFoundError:
        # Another run landed the batch meanwhile, and all of it is known; or files were lost, and the others are not.
        there = {entry.path for entry in root.files.list(batch.folder)}
        noted = _take(root, dataset, [file for file in batch.files if file.path in there], run, told)
        problems += _lost(root, dataset, [file for file in batch.files if file.path not in there])
    root.files.delete_folder(batch.folder)
    return noted


def _take(
    root: LakeRoot,
    dataset: Dataset,
    files: Sequence[FetchedFile],
    run: Run,
    told: Callable[[], dict[str, object]],
) -> list[LandedFile]:
    """Place the bytes, take note of them, and clear away what was placed in vain in a lost race."""
    placed: set[str] = set()

    def keep(pairs: Sequence[tuple[FetchedFile, LandedFile]]) -> None:
        for fetched, landed in pairs:
            root.files.copy(fetched.path, landed.path)
            placed.add(landed.path)
        root.files.make_durable([landed.path for _, landed in pairs])

    noted = take_note(root, dataset, files, run.run_id, keep, told)
    in_vain = placed - {file.path for file in noted}
    if in_vain:
        root.files.delete(sorted(in_vain - {row.path for row in all_files(root, dataset)}))
    return noted


def _lost(root: LakeRoot, dataset: Dataset, files: Iterable[FetchedFile]) -> list[str]:
    known = known_files(root, dataset)
    return [
        f"file {file.name} was lost from temporary landing before it landed\n  at: {file.path}\n"
        "  to mend: let nothing else delete there; it is fetched again when the source is looked at next"
        for file in files
        if not known.has(file.origin, file.fingerprint)
    ]
