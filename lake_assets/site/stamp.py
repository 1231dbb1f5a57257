"""Whether a site says what the lake says, told by what both are made of: no table and no page is read for it.

The stamp lies beside the pages. It names what they were made of, and how they were left: a page that somebody altered
or took away makes it void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from lake_assets.model import Zone
from lake_assets.search import stamps_of
from lake_assets.site.templating import sources_of_pages
from lake_assets.site.writing import Written, listed_files
from lake_assets.storage.files import FileStore
from lake_assets.storage.root import LakeRoot

__all__ = ["leave_stamp", "made_of", "stamped"]

_STAMP = "lake-docs-stamp.json"


def made_of(root: LakeRoot, declaring: Iterable[Path]) -> str:
    """What a site would be made of now, in a few letters: logs, waiting files, declarations, and the product itself.

    Args:
        root: The lake.
        declaring: The folders of declarations.
    """
    tables = stamps_of(root.uri, None if root.is_local else root.files, declaring)
    waiting = sorted(entry.path for entry in root.files.list(Zone.TEMPORARY_LANDING.value))
    told = "\n".join([version("lake_assets"), tables.digest, *waiting]).encode()
    return _digest([told, *sources_of_pages()])


def stamped(store: FileStore, folder: str, made: str) -> Written | None:
    """What there is of a site that was made of the same, and is as it was left; None of any other.

    Args:
        store: Where the site is.
        folder: Its folder there.
        made: What it would be made of now, see `made_of`.
    """
    try:
        with store.open(_path(folder)) as stream:
            stamp = json.loads(stream.read())
        is_same = stamp["made_of"] == made and stamp["left"] == _left(store, folder)
        return Written(int(stamp["files"])) if is_same else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def leave_stamp(store: FileStore, folder: str, made: str, files: int) -> None:
    """Say of a site that was just written what it was made of.

    Args:
        store: Where the site is.
        folder: Its folder there.
        made: What it was made of, looked at before anything was read.
        files: Number of its files.
    """
    stamp = {"made_of": made, "left": _left(store, folder), "files": files}
    with store.create(_path(folder)) as stream:
        stream.write(f"{json.dumps(stamp, indent=1)}\n".encode())


def _path(folder: str) -> str:
    return f"{folder}/{_STAMP}" if folder else _STAMP


def _left(store: FileStore, folder: str) -> str:
    """When each file of the site was written, and how long it is."""
    ours = set(listed_files(store, folder))
    told = [
        f"{each.path}\0{each.modified_s}\0{each.size_bytes}\n".encode()
        for each in store.list(folder)
        if each.path in ours
    ]
    return _digest(sorted(told))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for each in parts:
        digest.update(each)
    return digest.hexdigest()[:32]
