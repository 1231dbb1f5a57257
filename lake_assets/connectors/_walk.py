"""The files below a folder that fit a pattern, and whatever fits but cannot be taken."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from lake_assets.connectors._glob import Glob, States
from lake_assets.errors import ConnectorError

__all__ = ["Entry", "FoundFile", "Stat", "Walk", "readable_name"]

_NAMED_PROBLEMS = 50
_UNFINISHED = (".part", ".filepart", ".tmp", "~")


class FoundFile(NamedTuple):
    """A file as the walk saw it.

    Args:
        path: Where it is opened.
        relative: From the folder of the walk, written with `/`.
        size_bytes: Its size.
        modified_ns: When it was changed last.
    """

    path: str
    relative: str
    size_bytes: int
    modified_ns: int

    @property
    def mark(self) -> str:
        """What tells this version from others: size and time of the last change."""
        return f"{self.size_bytes}-{self.modified_ns}"

    @property
    def order(self) -> tuple[int, str, str]:
        """Sorts by time of change, then by name."""
        return self.modified_ns, self.relative.rpartition("/")[2], self.relative


class Stat(Protocol):
    """What is told of a name, as `os.stat_result` names it."""

    @property
    def st_mode(self) -> int: ...
    @property
    def st_size(self) -> int: ...
    @property
    def st_mtime_ns(self) -> int: ...


class Entry(Protocol):
    """A name in a folder, as `os.DirEntry`."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    def is_dir(self) -> bool: ...
    def is_symlink(self) -> bool: ...
    def stat(self) -> Stat: ...


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    relative: str
    states: States
    followed: tuple[str, ...] = ()


class Walk:
    """One look below a folder.

    Hidden names and names of unfinished files are passed over, and so are folders that happen to fit.

    Args:
        root: The folder.
        fence: A folder that no symbolic link may leave.
        glob: What to look for, relative to the root.
    """

    def __init__(self, root: str, fence: str, glob: Glob) -> None:
        self.root = root
        self._fence = self.real(fence)
        self._glob = glob
        self.problems: list[str] = []
        self.cause: OSError | None = None

    def files(self) -> Iterator[FoundFile]:
        """The files that fit, in no order; `problems` is complete once they are exhausted.

        Raises:
            OSError: When the root itself cannot be listed.
        """
        waiting = [_Folder(self.root, "", self._glob.start)]
        while waiting:
            folder = waiting.pop()
            for entry in self._entries(folder):
                states = self._glob.after(folder.states, entry.name)
                if states and not _is_passed_over(entry.name):
                    file = self._seen(folder, entry, states, waiting)
                    if file:
                        yield file

    @property
    def is_deep(self) -> bool:
        """Whether folders below the root are looked through."""
        return self._glob.is_deep

    def enters(self, folder: str) -> bool:
        """Whether files in a folder might fit."""
        if not _holds(self.root, folder):
            return False
        states = self._glob.start
        for name in Path(folder).relative_to(self.root).parts:
            states = self._glob.after(states, name) if not _is_passed_over(name) else frozenset()
        return self._glob.goes_on(states)

    def fits(self, path: str) -> bool:
        """Whether a path fits."""
        return _holds(self.root, path) and self._glob.fits(Path(path).relative_to(self.root).as_posix())

    def require_no_problems(self, place: str) -> None:
        """Tell what fits but cannot be taken, once the files are exhausted.

        Raises:
            ConnectorError: When there is any such name.
        """
        if self.problems:
            count = len(self.problems)
            named = "; ".join(sorted(self.problems)[:_NAMED_PROBLEMS])
            more = f" and {count - _NAMED_PROBLEMS} more" if count > _NAMED_PROBLEMS else ""
            what = f"{count} of the names that fit cannot be taken: {named}{more}"
            mend = (
                "replace each by a readable file inside the folder, or remove it; "
                "the other files are not held up"
            )
            raise ConnectorError(what, place=place, mend=mend) from self.cause

    def scan(self, path: str) -> Sequence[Entry]:
        """The names in a folder."""
        with os.scandir(path) as entries:
            return list(entries)

    def real(self, path: str) -> str:
        """A path without symbolic links."""
        return os.path.realpath(path)

    def _entries(self, folder: _Folder) -> Sequence[Entry]:
        try:
            return self.scan(folder.path)
        except OSError as error:
            if not folder.relative:
                raise
            self._note(folder.relative, error.strerror or type(error).__name__, error)
            return []

    def _seen(
        self, folder: _Folder, entry: Entry, states: States, waiting: list[_Folder]
    ) -> FoundFile | None:
        try:
            if entry.is_dir():
                if self._glob.goes_on(states):
                    waiting.extend(self._below(folder, entry, states))
            elif self._glob.accepts(states):
                return self._file(entry, folder.relative + entry.name)
        except OSError as error:
            self._note(folder.relative + entry.name, error.strerror or type(error).__name__, error)
        return None

    def _below(self, folder: _Folder, entry: Entry, states: States) -> Iterator[_Folder]:
        relative = f"{folder.relative}{entry.name}/"
        if not entry.is_symlink():
            yield _Folder(entry.path, relative, states, folder.followed)
            return
        target = self.real(entry.path)
        came_through = (*folder.followed, self.real(folder.path))
        # A link back to where the walk came from holds nothing that is not listed already.
        if self._stays_inside(target, relative) and not any(_holds(target, path) for path in came_through):
            yield _Folder(entry.path, relative, states, (*folder.followed, target))

    def _file(self, entry: Entry, relative: str) -> FoundFile | None:
        if entry.is_symlink() and not self._stays_inside(self.real(entry.path), relative):
            return None
        try:
            found = entry.stat()
        except FileNotFoundError as error:
            if entry.is_symlink():
                self._note(relative, "is a link to nothing", error)
            return None  # else it was taken away since the folder was listed
        if stat.S_ISREG(found.st_mode):
            return FoundFile(entry.path, relative, found.st_size, found.st_mtime_ns)
        self._note(relative, "is not a file")
        return None

    def _stays_inside(self, target: str, relative: str) -> bool:
        inside = _holds(self._fence, target)
        if not inside:
            self._note(relative, "is a link that leaves the folder")
        return inside

    def _note(self, relative: str, reason: str, cause: OSError | None = None) -> None:
        self.problems.append(f"{readable_name(relative)}: {reason}")
        self.cause = self.cause or cause


def readable_name(name: str) -> str:
    r"""A name as valid text: bytes that are not UTF-8 are written out.

    >>> readable_name("caf\udce9.csv")
    'caf\\xe9.csv'
    """
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.endswith(_UNFINISHED)


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
