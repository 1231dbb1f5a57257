"""What persistent landing says of its files: by the notes beside them, else by their names and bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lake_assets.governance.file_ids import HASH_BITS
from lake_assets.governance.landing_notes import noted_files
from lake_assets.model import LandedFile, LandingOutcome, Zone
from lake_assets.storage.files import FileEntry
from lake_assets.storage.root import LakeRoot

__all__ = ["landed_files"]

_NAME = re.compile(
    r"(?P<stamp>\d{8}T\d{6})-(?P<file_id>\d{19})_(?P<sha>[0-9a-f]{12})_(?P<name>.*)", re.DOTALL
)
_BLOCK = 1 << 20


def landed_files(root: LakeRoot, known: Iterable[LandedFile]) -> list[LandedFile]:
    """Every file version that landed, and what repeated one.

    What was noted of a file holds, else what is known of it. A file of which neither says anything, as older versions
    of the product left it, is told by its path and its bytes alone: it has the name that it was kept under, no
    fingerprint and no run, and its source is asked for it once more.

    Args:
        root: The lake.
        known: What processed files hold; none when they were lost.
    """
    there = {entry.path: entry for entry in root.files.list(Zone.PERSISTENT_LANDING.value)}
    noted = noted_files(root)
    # What repeats another, was erased or was withdrawn has no bytes of its own.
    kept = [each for each in noted if each.outcome is not LandingOutcome.LANDED or each.path in there]
    told = {each.file_id: each for each in (*known, *kept)}
    paths = {each.path for each in (*told.values(), *noted)}
    bare = [entry for path, entry in sorted(there.items()) if path not in paths]
    return [*told.values(), *_unnoted(root, bare)]


def _unnoted(root: LakeRoot, entries: list[FileEntry]) -> Iterator[LandedFile]:
    for entry in entries:
        parts = entry.path.split("/")
        match = _NAME.fullmatch(parts[-1])
        if match is not None:
            yield _by_bytes(root, entry, parts, match)


def _by_bytes(root: LakeRoot, entry: FileEntry, parts: list[str], match: re.Match[str]) -> LandedFile:
    digest, newlines = _read(root, entry.path)
    file_id = int(match["file_id"])
    return LandedFile(
        file_id=file_id,
        source=parts[1],
        dataset=parts[2],
        path=entry.path,
        origin=match["name"],
        fingerprint="",
        name=match["name"],
        state="",
        sha256=digest,
        size_bytes=entry.size_bytes,
        newlines=newlines,
        ingested_at=datetime.fromtimestamp((file_id >> HASH_BITS) / 1_000_000, UTC),
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id="",
    )


def _read(root: LakeRoot, path: str) -> tuple[str, int]:
    digest, newlines = hashlib.sha256(), 0
    with root.files.open(path) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            newlines += block.count(b"\n")
    return digest.hexdigest(), newlines
