"""Entries of a table's log, read one by one: each is the JSON lines of one commit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from lake_assets.model import TableRef
from lake_assets.storage.root import LakeRoot

__all__ = ["entry_path", "log_path", "read_actions", "read_commit", "read_commits", "read_transactions"]

_READERS = 8


def log_path(ref: TableRef) -> str:
    """The folder of a table's log, under the lake root."""
    return f"{ref.path}/_delta_log"


def entry_path(ref: TableRef, version: int) -> str:
    """The entry that made a version, under the lake root.

    >>> from lake_assets.model import Zone
    >>> entry_path(TableRef(Zone.TRUSTED, "flights"), 7)
    'trusted/flights/_delta_log/00000000000000000007.json'
    """
    return f"{log_path(ref)}/{version:020d}.json"


def read_actions(root: LakeRoot, ref: TableRef, version: int) -> Iterator[dict[str, Any]]:
    """The actions of a commit, in the order they were written.

    Raises:
        FileNotFoundError: When there is no such entry.
    """
    with root.files.open(entry_path(ref, version)) as stream:
        for line in stream:
            yield json.loads(line)


def read_commit(root: LakeRoot, ref: TableRef, version: int) -> dict[str, Any] | None:
    """What a commit says of itself, Delta's `commitInfo`; None when there is no such entry."""
    try:
        with root.files.open(entry_path(ref, version)) as stream:
            lines = (line for line in stream if line.startswith(b'{"commitInfo"'))
            found: dict[str, Any] = json.loads(next(lines, b'{"commitInfo":{}}'))["commitInfo"]
            return found
    except FileNotFoundError:
        return None


def read_transactions(root: LakeRoot, ref: TableRef, version: int) -> dict[str, int]:
    """How far a commit says it has consumed each input; empty when there is no such entry."""
    try:
        with root.files.open(entry_path(ref, version)) as stream:
            lines = [json.loads(line)["txn"] for line in stream if line.startswith(b'{"txn"')]
    except FileNotFoundError:
        return {}
    return {each["appId"]: each["version"] for each in lines}


def read_commits(
    root: LakeRoot, ref: TableRef, versions: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """`read_commit` of many versions, in their order; several at once where each is a request."""
    read = partial(read_commit, root, ref)
    if root.is_local or len(versions) == 1:
        yield from zip(versions, map(read, versions), strict=True)
        return
    with ThreadPoolExecutor(_READERS) as pool:
        yield from zip(versions, pool.map(read, versions), strict=True)
