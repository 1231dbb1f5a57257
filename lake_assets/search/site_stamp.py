"""Whether the site of a lake says what the lake says, told by what both are made of: no table and no page is read.

The stamp lies beside the pages. It names what they were made of, and how they were left: a page that somebody altered
or took away makes it void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lake_assets.search.stamps import stamps_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from lake_assets.storage.files import FileStore
    from lake_assets.storage.root import LakeRoot

__all__ = ["SITE_FOLDER", "leave_site_stamp", "site_made_of", "stamped_files"]

SITE_FOLDER = "docs"
"""Where the site of a lake is under its root, unless it is written elsewhere."""

_STAMP = "lake-docs-stamp.json"
_WAITING = "temporary_landing"
_MAKES_PAGES = (".py", ".html", ".css", ".js")


def site_made_of(root: LakeRoot, declaring: Iterable[Path]) -> str:
    """What a site would be made of now, in a few letters: logs, waiting files, declarations, and the product itself.

    Args:
        root: The lake.
        declaring: The folders of declarations.
    """
    # A search has no use for these, and would wait for them.
    from importlib.metadata import version  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    tables = stamps_of(root.uri, None if root.is_local else root.files, declaring)
    waiting = sorted(entry.path for entry in root.files.list(_WAITING))
    told = "\n".join([version("lake_assets"), tables.digest, *waiting]).encode()
    return _digest([told, *_sources(files("lake_assets").joinpath("site"))])


def stamped_files(store: FileStore, folder: str, made: str) -> int | None:
    """How many files a site has that was made of the same and is as it was left; None of any other.

    Args:
        store: Where the site is.
        folder: Its folder there; empty for the root of the store.
        made: What it would be made of now, see `site_made_of`.
    """
    try:
        with store.open(_path(folder)) as stream:
            stamp = json.loads(stream.read())
        paths = [str(each) for each in stamp["files"]]
        is_same = stamp["made_of"] == made and stamp["left"] == _left(store, folder, paths)
        return int(stamp["pages"]) if is_same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def leave_site_stamp(store: FileStore, folder: str, made: str, pages: int, paths: Iterable[str]) -> None:
    """Say of a site that was just written what it was made of; where that cannot be written down, nothing is said.

    Args:
        store: Where the site is.
        folder: Its folder there.
        made: What it was made of, looked at before anything was read.
        pages: How many files it has.
        paths: Those by which it is told whether it was altered, by their paths in the store.
    """
    known = sorted(paths)
    stamp = {"made_of": made, "left": _left(store, folder, known), "pages": pages, "files": known}
    # Without it the next site is made anew, which is no reason to fail: who may not write here was told so already.
    with suppress(OSError), store.create(_path(folder)) as stream:
        stream.write(f"{json.dumps(stamp, indent=1)}\n".encode())


def _path(folder: str) -> str:
    return f"{folder}/{_STAMP}" if folder else _STAMP


def _left(store: FileStore, folder: str, paths: Iterable[str]) -> str:
    """When each file of the site was written, and how long it is."""
    ours = set(paths)
    told = [
        f"{each.path}\0{each.modified_s}\0{each.size_bytes}\n".encode()
        for each in store.list(folder)
        if each.path in ours
    ]
    return _digest(sorted(told))


def _sources(folder: Traversable) -> Iterator[bytes]:
    """What pages are made by: code, templates, style, script."""
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(_MAKES_PAGES):
            yield each.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for each in parts:
        digest.update(each)
    return digest.hexdigest()[:32]
