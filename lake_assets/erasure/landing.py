"""Landed files without a person: each is replaced by one without the person's records, or withdrawn.

New bytes stand under a new path before the row of the file points there, and the old bytes go last: a death in between
repeats a step. Bytes that no row points to any more are cleared away by the next erasure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.declarations import Declarations
from lake_assets.erasure.original import Original
from lake_assets.erasure.places import Found
from lake_assets.erasure.redaction import redacted
from lake_assets.governance.erasures import record_erased_file
from lake_assets.governance.file_ids import safe_name
from lake_assets.governance.mending_files import put_in_place_of
from lake_assets.governance.processed_files import all_files
from lake_assets.model import PROVENANCE, LandedFile, LandingOutcome, Zone
from lake_assets.storage.root import LakeRoot

__all__ = ["Redaction", "clear_orphans", "mend_file", "plan_files"]

_FILE, _ROW = PROVENANCE


@dataclass(frozen=True)
class Redaction:
    """What becomes of a landed file.

    Args:
        original: The file.
        rows: Numbers of the records that go.
        data: Its bytes from now on; None when it is withdrawn.
    """

    original: Original
    rows: Sequence[int]
    data: bytes | None

    @property
    def file(self) -> LandedFile:
        """The file as it was."""
        return self.original.file


def plan_files(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Redaction]:
    """Work out what becomes of each landed file that holds the person; one after the other, each in memory.

    Args:
        root: The lake.
        declarations: Of the lake.
        found: Where the person stands.
    """
    for dataset in declarations.datasets:
        rows = _by_file(found.records[dataset.name])
        for file in all_files(root, dataset):
            if file.outcome is LandingOutcome.LANDED and (found.words or file.file_id in rows):
                yield from _planned(Original(root, dataset, file), rows.get(file.file_id, []), found)


def _by_file(places: pl.DataFrame) -> dict[int, list[int]]:
    grouped = places.group_by(_FILE).agg(pl.col(_ROW).sort())
    return {int(file): list(rows) for file, rows in grouped.iter_rows()}


def _planned(original: Original, rows: Sequence[int], found: Found) -> Iterator[Redaction]:
    if not rows and not original.holds(found.words):
        return
    data = redacted(original, rows, found.words)
    is_clear = data is not None and hashlib.sha256(data).hexdigest() == original.file.sha256
    if not is_clear or found.words.are_in(f"{original.file.name} {original.file.path}"):
        yield Redaction(original, rows, data)


def mend_file(root: LakeRoot, redaction: Redaction, found: Found, erasure_id: str) -> None:
    """Put the new bytes of a landed file in the place of the old ones, or take the old ones away.

    Args:
        root: The lake.
        redaction: What becomes of it.
        found: Where the person stands.
        erasure_id: The erasure, for the record.
    """
    file, data = redaction.file, redaction.data
    now = _withdrawn(file) if data is None else _with_bytes(file, data)
    masked = found.words.masked
    name = masked(file.name)
    path = f"{now.path.removesuffix(safe_name(file.name))}{safe_name(name)}" if now.path else ""
    now = replace(now, origin=masked(now.origin), name=name, path=path)
    if data is not None:
        with root.files.create(now.path) as stream:
            stream.write(data)
        root.files.make_durable([now.path])
    outcome = "withdrawn" if data is None else "redacted"
    if now.sha256 != file.sha256:
        record_erased_file(root, file, erasure_id, outcome, datetime.now(UTC))
    put_in_place_of(root, [now], erasure_id)
    if now.path != file.path:
        root.files.delete([file.path])


def _withdrawn(file: LandedFile) -> LandedFile:
    return replace(file, path="", sha256="", size_bytes=0, newlines=0, outcome=LandingOutcome.WITHDRAWN)


def _with_bytes(file: LandedFile, data: bytes) -> LandedFile:
    sha256 = hashlib.sha256(data).hexdigest()
    folder, _, name = file.path.rpartition("/")
    # The path names the hash of the bytes: `<time>-<file id>_<hash>_<name>`.
    stamp, _, rest = name.partition("_")
    path = f"{folder}/{stamp}_{sha256[:12]}_{rest.partition('_')[2]}"
    return replace(file, path=path, sha256=sha256, size_bytes=len(data), newlines=data.count(b"\n"))


def clear_orphans(root: LakeRoot, declarations: Declarations) -> int:
    """Delete the bytes in persistent landing that no row points to; how many files there were."""
    pointed_to = {file.path for dataset in declarations.datasets for file in all_files(root, dataset)}
    folders = [f"{Zone.PERSISTENT_LANDING}/{each.source}/{each.name}" for each in declarations.datasets]
    left = [
        entry.path for folder in folders for entry in root.files.list(folder) if entry.path not in pointed_to
    ]
    root.files.delete(left)
    return len(left)
