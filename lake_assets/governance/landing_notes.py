"""What was noted of landed files, kept beside persistent landing: of it `governance.processed_files` can be made again.

A note is durable before the commit that it speaks of. A run that dies in between leaves one that speaks of nothing: the
next run notes the same files again, and what was noted last holds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lake_assets.model import LandedFile, LandingOutcome
from lake_assets.storage.root import LakeRoot

__all__ = ["LANDING_NOTES", "drop_notes", "noted_files", "renew_notes", "write_note"]

LANDING_NOTES = "landing_notes"
"""The folder of the notes, under the lake root: one below it for each source, and in it one for each dataset."""


def write_note(root: LakeRoot, files: Sequence[LandedFile]) -> str:
    """Keep what is to be noted of some files of a dataset.

    Args:
        root: The lake.
        files: At least one.

    Returns:
        The path of the note, durable, under the lake root.
    """
    first = files[0]
    path = f"{LANDING_NOTES}/{first.source}/{first.dataset}/{first.file_id:019d}-{time.time_ns()}.jsonl"
    _write(root, path, files)
    return path


def _write(root: LakeRoot, path: str, files: Sequence[LandedFile]) -> None:
    with root.files.create(path) as stream:
        for file in files:
            told = {**vars(file), "ingested_at": file.ingested_at.isoformat()}
            stream.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    root.files.make_durable([path])


def drop_notes(root: LakeRoot, paths: Sequence[str]) -> None:
    """Delete notes of what was not committed."""
    if paths:
        root.files.delete(paths)


def renew_notes(root: LakeRoot, known: Mapping[int, LandedFile]) -> int:
    """Let the notes say of each file what is known of it now, and nothing of a file that nobody knows.

    A note keeps its name, and with it its place in time. Each takes the place of the old one whole, so what is cut
    short is done by doing it again.

    Args:
        root: The lake, in which no run is going on: a note may come before the commit that it speaks of.
        known: What processed files hold, by file id.

    Returns:
        How many notes were written anew or deleted.
    """
    changed = 0
    for path in sorted(entry.path for entry in root.files.list(LANDING_NOTES)):
        said = list(_all(root, [path]))
        now = [known[each.file_id] for each in said if each.file_id in known]
        if now == said:
            continue
        changed += 1
        if now:
            _write(root, path, now)
        else:
            root.files.delete([path])
    return changed


def noted_files(root: LakeRoot) -> list[LandedFile]:
    """What the notes say, by dataset and file id; of two that speak of the same bytes of an origin, the later."""
    paths = sorted((entry.path for entry in root.files.list(LANDING_NOTES)), key=_in_time)
    found = {(each.dataset, each.origin, each.fingerprint): each for each in _all(root, paths)}
    return sorted(found.values(), key=lambda each: (each.dataset, each.file_id))


def _in_time(path: str) -> int:
    return int(path.rpartition("-")[2].removesuffix(".jsonl"))


def _all(root: LakeRoot, paths: Iterable[str]) -> Iterator[LandedFile]:
    for path in paths:
        with root.files.open(path) as stream:
            for line in stream.read().splitlines():
                yield _landed(json.loads(line))


def _landed(told: dict[str, Any]) -> LandedFile:
    at, outcome = datetime.fromisoformat(told["ingested_at"]), LandingOutcome(told["outcome"])
    return LandedFile(**{**told, "ingested_at": at, "outcome": outcome})
