"""Waiting for a change in folders without looking at them: the system tells.

Only for folders where it can: the changes that another machine makes to a network mount are told to nobody here, and
a system has only so many watches. Whatever is not watched is polled.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Self

import psutil
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from lake_assets.connectors import Watched, WatchPlace, open_connector
from lake_assets.errors import LakeError
from lake_assets.model import Source

__all__ = ["NativeWatcher", "places_of"]

_REMOTE = {
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "drvfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "osxfs",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
    "webdav",
}
_STEP_MS = 50
_TOGETHER_MS = 300
_AFTER_REST_S = 0.3


def places_of(sources: Iterable[Source]) -> dict[str, list[WatchPlace]]:
    """The folders of sources whose connector names them, by the name of the source."""
    return {source.name: places for source in sources if (places := _places(source))}


def _places(source: Source) -> list[WatchPlace]:
    try:
        connector: object = open_connector(source)
        if isinstance(connector, Watched):
            return [connector.watch_place(dataset) for dataset in source.datasets]
    except LakeError:
        pass  # the look at the source tells it
    return []


@dataclass
class NativeWatcher(AbstractContextManager["NativeWatcher"]):
    """Wakes when something changes in the folders of sources, from when it is entered.

    Args:
        places: The folders of each source.
        watched: The sources all of whose folders are watched; known once it is entered.
    """

    places: Mapping[str, Sequence[WatchPlace]]
    watched: frozenset[str] = frozenset()
    _changes: SimpleQueue[frozenset[str]] = field(default_factory=SimpleQueue)
    _rests_until_s: dict[str, float] = field(default_factory=dict)
    _opened: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Begin to watch."""
        local = _local(self.places)
        seen = [is_deep for is_deep in (False, True) if self._watch(local, is_deep=is_deep)]
        self.watched = frozenset(
            name for name, places in local.items() if all(place.is_deep in seen for place in places)
        )
        self._await_rest(self.watched)
        return self

    def __exit__(self, *_raised: object) -> None:
        """Watch no more."""
        self._opened.close()

    def wait(self, patience_s: float) -> set[str]:
        """Wait until something changes, at most so long; answer the sources that are to be looked at.

        A source whose files must rest before they are new is to be looked at until they have.
        """
        changed = set(self._changed(patience_s))
        self._await_rest(changed)
        return changed | self._resting

    @property
    def is_restless(self) -> bool:
        """Whether files rest that will be new by mere waiting."""
        return bool(self._resting)

    @property
    def _resting(self) -> set[str]:
        now_s = time.monotonic()
        return {name for name, until_s in self._rests_until_s.items() if now_s < until_s}

    def _await_rest(self, names: Iterable[str]) -> None:
        for name in names:
            if rest_s := max(place.rest_s for place in self.places[name]):
                self._rests_until_s[name] = time.monotonic() + rest_s + _AFTER_REST_S

    def _changed(self, patience_s: float) -> Iterator[str]:
        with suppress(Empty):
            yield from self._changes.get(timeout=patience_s)
            while True:
                yield from self._changes.get_nowait()

    def _watch(self, places: Mapping[str, Sequence[WatchPlace]], *, is_deep: bool) -> bool:
        """Watch folders in a thread of its own; whether the system can."""
        sources = _by_folder(places, is_deep=is_deep)
        if not sources:
            return True
        try:
            notify = RustNotify(sorted(sources), False, False, 0, is_deep, True)  # noqa: FBT003 - it names none
        except (OSError, WatchfilesRustInternalError):
            return False
        stop = Event()
        thread = Thread(target=self._listen, args=(notify, stop, sources), daemon=True)
        thread.start()
        self._opened.callback(notify.close)
        self._opened.callback(thread.join)
        self._opened.callback(stop.set)
        return True

    def _listen(self, notify: RustNotify, stop: Event, sources: Mapping[str, set[str]]) -> None:
        while not isinstance(changes := notify.watch(_TOGETHER_MS, _STEP_MS, 0, stop), str):
            above = _above({path for _, path in changes})
            self._changes.put(frozenset().union(*(sources[folder] for folder in above & sources.keys())))


def _above(paths: set[str]) -> set[str]:
    """Paths and all folders above them.

    >>> sorted(_above({"/in/a/1.csv", "/in/a/2.csv"}))
    ['/', '/in', '/in/a', '/in/a/1.csv', '/in/a/2.csv']
    """
    found, folders = set(paths), paths
    while folders := {os.path.dirname(path) for path in folders} - found:  # noqa: PTH120 - of many files
        found |= folders
    return found


def _by_folder(places: Mapping[str, Sequence[WatchPlace]], *, is_deep: bool) -> dict[str, set[str]]:
    """The sources that have an eye on each folder."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, of_source in places.items():
        for place in of_source:
            if place.is_deep is is_deep:
                found[place.folder].add(name)
    return dict(found)


def _local(places: Mapping[str, Sequence[WatchPlace]]) -> dict[str, Sequence[WatchPlace]]:
    """The sources all of whose folders are there, on this machine."""
    kinds = {partition.mountpoint: partition.fstype.lower() for partition in psutil.disk_partitions(all=True)}
    return {
        name: of_source
        for name, of_source in places.items()
        if all(os.path.isdir(place.folder) and _is_local(place.folder, kinds) for place in of_source)  # noqa: PTH112 - many
    }


def _is_local(folder: str, kinds: Mapping[str, str]) -> bool:
    """Whether all changes in a folder are made on this machine.

    Args:
        folder: Without symbolic links.
        kinds: The kind of file system at each mount point.

    >>> _is_local("/mnt/share/in", {"/": "ext4", "/mnt/share": "nfs4"}), _is_local("/mnt/shared", {"/": "ext4"})
    (False, True)
    """
    kind = kinds.get(max(_above({folder}) & kinds.keys(), key=len, default=""), "")
    return kind not in _REMOTE and not kind.startswith("fuse")
