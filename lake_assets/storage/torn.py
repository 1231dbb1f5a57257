"""What a loss of power leaves half written at the end of a table's log, found and set aside.

An entry is durable before the next one is written, so only the last one can be torn, and nobody was told that it was
committed. delta-rs skips a last entry of zero bytes in silence and the next append would build on the loss; one that
is cut short, or a torn checkpoint, makes the table unreadable. Checkpoints only repeat what the entries say.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.errors import CorruptTableError
from lake_assets.model import TableRef
from lake_assets.storage.local_files import sync_path

__all__ = ["refuse_empty_entries", "set_aside_torn"]

_ENTRIES = "[0-9]*.json"
_CHECKPOINTS = "[0-9]*.checkpoint*.parquet"
_HINT = "_last_checkpoint"
_SINCE_CHECKPOINT = 20
"""Entries that can matter to the newest version: a checkpoint is made every ten commits."""


def refuse_empty_entries(log: Path, ref: TableRef, version: int) -> None:
    """Refuse a version that delta-rs opened without noticing that an entry of it is empty.

    Raises:
        CorruptTableError: Naming the first such entry.
    """
    for number in range(max(0, version - _SINCE_CHECKPOINT), version + 1):
        entry = log / f"{number:020d}.json"
        if _is_empty(entry):
            mend = "restore the table's log from a copy, or rebuild the table from the zone before it"
            raise CorruptTableError(f"the log entry {entry.name} is empty", place=f"table {ref}", mend=mend)


def _is_empty(entry: Path) -> bool:
    try:
        return not entry.stat().st_size
    except FileNotFoundError:
        return False


def set_aside_torn(log: Path) -> bool:
    """Rename a torn last entry and torn checkpoints, so that the table opens as it was before them.

    Returns:
        Whether there was anything; False also when an entry before the last is torn, which nobody can mend here.
    """
    entries = sorted(log.glob(_ENTRIES))[-_SINCE_CHECKPOINT:]
    if any(_is_torn_entry(entry) for entry in entries[:-1]):
        return False
    if entries and _is_torn_entry(entries[-1]):
        _set_aside_entry(entries[-1])
        return True
    return _set_aside_checkpoints(log)


def _set_aside_entry(entry: Path) -> None:
    """Rename it, unless another process did and a good entry has taken its place."""
    try:
        with entry.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(stream.fileno()), entry.stat()):
                entry.replace(entry.with_suffix(".json.torn"))
    except FileNotFoundError:
        return
    sync_path(entry.parent)


def _is_torn_entry(entry: Path) -> bool:
    try:
        with entry.open("rb") as stream:
            return not _is_whole(stream)
    except FileNotFoundError:
        return False


def _is_whole(stream: BinaryIO) -> bool:
    """Whether every line is a JSON value, and there is one."""
    try:
        return sum(1 for line in stream if json.loads(line)) > 0
    except ValueError:
        return False


def _set_aside_checkpoints(log: Path) -> bool:
    torn = [path for path in log.glob(_CHECKPOINTS) if _set_aside_checkpoint(path)]
    is_dangling = _is_dangling(log)
    if is_dangling:
        (log / _HINT).unlink(missing_ok=True)
    return bool(torn) or is_dangling


def _set_aside_checkpoint(path: Path) -> bool:
    """Rename it if it is torn; one that is gone is no longer ours to judge."""
    try:
        pq.read_metadata(path)
    except pa.ArrowException:
        path.replace(path.with_suffix(".parquet.torn"))
        return True
    except FileNotFoundError:
        return False
    return False


def _is_dangling(log: Path) -> bool:
    """Whether the hint names a checkpoint that is not there."""
    try:
        version = json.loads((log / _HINT).read_bytes())["version"]
    except (FileNotFoundError, ValueError):
        return False
    return not any(log.glob(f"{version:020d}.checkpoint*.parquet"))
