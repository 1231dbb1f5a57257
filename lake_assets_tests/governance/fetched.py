"""Fetched files made up for the registry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from lake_assets.governance.processed_files import all_files
from lake_assets.governance.taking_note import take_note
from lake_assets.model import Dataset, FetchedFile, LandedFile, WriteMode
from lake_assets.storage.root import LakeRoot

BIKES = Dataset("bikes", "city", write_mode=WriteMode.UPSERT)
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def fetched(name: str, content: str = "", *, fingerprint: str = "1", after_us: int = 0) -> FetchedFile:
    """A file complete in temporary landing."""
    digest = sha256((content or name).encode()).hexdigest()
    at = NOON + timedelta(microseconds=after_us)
    return FetchedFile(f"temporary_landing/{name}", name, fingerprint, name, "", digest, 1, 0, at)


def note(root: LakeRoot, *files: FetchedFile, dataset: Dataset = BIKES) -> list[LandedFile]:
    """Take note of files whose bytes are of no concern."""
    return take_note(root, dataset, files, "run", lambda _pairs: None)


def rows(root: LakeRoot, dataset: Dataset = BIKES) -> list[LandedFile]:
    """All rows of a dataset, oldest first."""
    return all_files(root, dataset)
