"""Taking note of fetched files: new ones as landed, repeated ones as duplicates, each of them once.

A row is committed only after its bytes are durable in persistent landing. Every note is decided on the table it is
written to, so of two runs that bring the same file one lands it and the other records a duplicate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lake_assets.governance.erasures import Originals, originals
from lake_assets.governance.file_ids import landing_path, next_id
from lake_assets.governance.landing_notes import drop_notes, write_note
from lake_assets.governance.noted import Noted, noted_of
from lake_assets.governance.processed_files import PROCESSED_FILES, SCHEMA, as_rows, column_notes
from lake_assets.model import Dataset, FetchedFile, LandedFile, LandingOutcome
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table

__all__ = ["LANDING_SEEN", "take_note"]

LANDING_SEEN = "seen"
"""What a commit of processed files calls what it noted of which dataset."""


def take_note(
    root: LakeRoot,
    dataset: Dataset,
    fetched: Sequence[FetchedFile],
    run_id: str,
    keep: Callable[[Sequence[tuple[FetchedFile, LandedFile]]], None],
    told: Callable[[], dict[str, object]] = dict,
) -> list[LandedFile]:
    """Record fetched files: new ones as landed, repeated ones as duplicates.

    Args:
        root: The lake.
        dataset: Whose files they are.
        fetched: In the order in which they are to be landed.
        run_id: The run.
        keep: Makes the bytes of the landed ones durable under their path; called before they are recorded, and again
            with other paths after a lost race.
        told: Says what else the commit is to say; asked when it is made.

    Returns:
        The rows that were added. A file that another run recorded meanwhile is not among them, nor is one that
        goes on from where another run has gone on meanwhile.
    """
    noted: list[LandedFile] = []
    notes: list[str] = []

    erased = originals(root, dataset.name)

    def decide(table: Table | None) -> Change | None:
        drop_notes(root, notes)
        notes.clear()
        pairs = _judge(noted_of(table, dataset, fetched), erased, dataset, fetched, run_id)
        noted[:] = [landed for _, landed in pairs]
        if not pairs:
            return None
        keep([pair for pair in pairs if pair[1].outcome is LandingOutcome.LANDED])
        notes.append(write_note(root, noted))
        files = write_data_files(root, PROCESSED_FILES, as_rows(noted))
        note = {**_note(dataset, run_id, noted), **told()}
        return Change(SCHEMA, files, note=note, column_notes=column_notes())

    commit(root, PROCESSED_FILES, decide)
    return noted


def _note(dataset: Dataset, run_id: str, noted: Sequence[LandedFile]) -> dict[str, object]:
    landed = [file for file in noted if file.outcome is LandingOutcome.LANDED]
    seen = {
        "source": dataset.source,
        "dataset": dataset.name,
        "at": max(file.ingested_at for file in noted).isoformat(),
        "files": len(landed),
        "duplicates": len(noted) - len(landed),
        "size_bytes": sum(file.size_bytes for file in landed),
        "newest_file": noted[-1].file_id,
    }
    return {"run_id": run_id, "rows_out": len(noted), LANDING_SEEN: seen}


def _judge(
    known: Noted, erased: Originals, dataset: Dataset, fetched: Sequence[FetchedFile], run_id: str
) -> list[tuple[FetchedFile, LandedFile]]:
    pairs: list[tuple[FetchedFile, LandedFile]] = []
    for file in fetched:
        if known.has(file.origin, file.fingerprint) or file.follows not in {None, known.state}:
            continue
        repeated = erased.repeated_by(file.sha256, file.size_bytes)
        landed = _landed(known, dataset, file, run_id)
        if repeated is not None:
            landed = replace(landed, path="", sha256="", outcome=LandingOutcome.ERASED, duplicate_of=repeated)
        known.add(landed)
        pairs.append((file, landed))
    return pairs


def _landed(known: Noted, dataset: Dataset, file: FetchedFile, run_id: str) -> LandedFile:
    file_id = next_id(file, known.last_id)
    landed = LandedFile(
        file_id=file_id,
        source=dataset.source,
        dataset=dataset.name,
        path=landing_path(dataset, file, file_id),
        origin=file.origin,
        fingerprint=file.fingerprint,
        name=file.name,
        state=file.state,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        newlines=file.newlines,
        ingested_at=file.fetched_at,
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id=run_id,
    )
    same = known.repeats(file, dataset.write_mode)
    if same is None:
        return landed
    return replace(landed, path=same.path, outcome=LandingOutcome.DUPLICATE, duplicate_of=same.file_id)
