"""Files, folders and globs on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from lake_assets.connectors import open_connector
from lake_assets.declarations import snake_case
from lake_assets.errors import ConnectorError
from lake_assets.inference.grouping import groups_of
from lake_assets.inference.nothing_known import NothingKnown
from lake_assets.inference.target import Target
from lake_assets.model import Arrival

__all__ = ["local_targets"]

_WILD = "*?["


def local_targets(path: str, project: Path) -> list[Target]:
    """Say what a path stands for: a file, the files of a glob, or all kinds of files of a folder.

    Args:
        path: From the working directory on.
        project: The folder that declarations start from; what lies outside of it gets an absolute path.

    Raises:
        ConnectorError: When there is nothing.
    """
    whole = os.path.normpath(Path(path).expanduser().absolute())
    if Path(whole).is_dir():
        return list(_of_folder(whole, project))
    if Path(whole).exists():
        return [_target(str(Path(whole).parent), escape(Path(whole).name), Path(whole).name, project)]
    if any(sign in whole for sign in _WILD):
        return [_of_glob(whole, project)]
    mend = "correct the path; a URL begins with https:// or s3://"
    raise ConnectorError(f"there is no file or folder {path}", place=whole, mend=mend)


def _of_glob(whole: str, project: Path) -> Target:
    parts = whole.split("/")
    fixed = next(number for number, part in enumerate(parts) if any(sign in part for sign in _WILD))
    folder, pattern = "/".join(parts[:fixed]) or "/", "/".join(parts[fixed:])
    words = pattern.rpartition("/")[2].partition(".")[0].translate(dict.fromkeys(map(ord, "*?[]"), " "))
    return _target(folder, pattern, words if words.strip() else folder, project)


def _of_folder(folder: str, project: Path) -> Iterator[Target]:
    everything = _target(folder, "**", folder, project)
    names = [each.origin for each in _listed(everything)]
    if not names:
        mend = "give a folder that holds files; hidden ones and those that end in .part are passed over"
        raise ConnectorError("the folder holds no file", place=folder, mend=mend)
    for group in groups_of(sorted(names)):
        yield _target(folder, group.pattern, group.stem or folder, project)


def _listed(everything: Target) -> Iterator[Arrival]:
    return open_connector(everything.source).discover(everything.dataset(), NothingKnown())


def _target(folder: str, pattern: str, name: str, project: Path) -> Target:
    inside = Path(folder).is_relative_to(project)
    below = Path(folder).relative_to(project).as_posix() if inside else ""
    origin = pattern if below in {"", "."} else f"{escape(below)}/{pattern}"
    called = snake_case(Path(name).name.partition(".")[0])
    return Target(called, "filesystem", origin, {} if inside else {"path": folder}, folder=folder)
