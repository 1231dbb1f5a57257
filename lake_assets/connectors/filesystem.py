"""Files of a folder that others write to: `connector: {kind: filesystem, path: inbox}`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, ClassVar

from lake_assets.connectors._clearing import Clearing
from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._filesystem_options import FilesystemOptions, Moved
from lake_assets.connectors._glob import Glob, split_glob
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._settled import Settled, marker_of
from lake_assets.connectors._walk import FoundFile, Walk, readable_name
from lake_assets.connectors.protocol import ConnectorOptions, Known, NoOptions, WatchPlace
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import Settings, expand

__all__ = ["Filesystem", "FilesystemOptions"]


class Filesystem:
    """Lists the files that fit the glob a dataset names as its origin, oldest change first.

    An arrival's origin is its path below the last folder before the first wildcard: the same on every host.
    """

    options: ClassVar[type[ConnectorOptions]] = FilesystemOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = NoOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(FilesystemOptions, source.connector_options, str(source.place) or self._place)
        self._datasets = source.datasets

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List the files that are new or changed, by time of change and then by name.

        Raises:
            ConnectorError: When the folder cannot be listed; after all other files, for what cannot be had.
        """
        checked(NoOptions, dataset.connector_options, str(dataset.place) or self._place)
        place = f"{self._place}, dataset {dataset.name}"
        walk = self._walk(dataset, place)
        self._target(walk, place)
        for file, fingerprint in self._new(walk, known, place):
            yield _arrival(file, fingerprint, place)
        walk.require_no_problems(place)

    def clear_away(self, dataset: Dataset, recorded: Callable[[], Known]) -> list[str]:
        """Move or delete what is recorded, as `after` says; see `ClearsAway`.

        Raises:
            ConnectorError: When the folder cannot be listed.
        """
        if self._options.after == "keep":
            return []
        place = f"{self._place}, dataset {dataset.name}"
        walk, known = self._walk(dataset, place), recorded()
        others = [self._walk(other, place) for other in self._datasets if other.name != dataset.name]
        clearing = Clearing(Path(walk.root), self._target(walk, place), partial(_is_recorded, known))
        clearing.resume()
        for file in list(_listed(walk, place)):
            if _is_recorded(known, file):
                if any(other.fits(file.path) for other in others):
                    clearing.problems.append(f"{readable_name(file.relative)}: fits another dataset, too")
                else:
                    self._clear(clearing, file)
        clearing.end()
        mend = "mend it, or clear it away by hand: its bytes are in the lake"
        return [
            f"a file that has landed stays: {problem}\n  at: {place}\n  to mend: {mend}"
            for problem in clearing.problems
        ]

    def watch_place(self, dataset: Dataset) -> WatchPlace:
        """The folder below which a change may mean that something is new; see `Watched`.

        Raises:
            ConnectorError: When the origin names no files.
        """
        walk = self._walk(dataset, f"{self._place}, dataset {dataset.name}")
        return WatchPlace(os.path.realpath(walk.root), walk.is_deep, self._options.stable_s)

    def _clear(self, clearing: Clearing, file: FoundFile) -> None:
        """Clear a file, and after it the marker that was there for it alone."""
        name = self._options.done_marker
        marker = marker_of(file, name) if "*" in name else None
        clearing.clear(file)
        if marker and not Path(file.path).exists():
            clearing.clear_beside(file, marker)

    def _target(self, walk: Walk, place: str) -> Path | None:
        if not isinstance(self._options.after, Moved):
            return None
        move = Path(expand(self._options.after.move, place=place)).expanduser()
        target = os.path.normpath(Settings.from_environment().project / move)
        if walk.enters(target):
            what = f"the folder {target} is one of those that are looked through, so what is moved would land again"
            raise ConnectorError(what, place=place, mend="choose another one for after: {move: FOLDER}")
        return Path(target)

    def _walk(self, dataset: Dataset, place: str) -> Walk:
        base = (
            Settings.from_environment().project / Path(expand(self._options.path, place=place)).expanduser()
        )
        origin = expand(dataset.origin, place=place)
        if not origin or (base / origin).is_dir():
            what = f"the origin {dataset.origin!r} names a folder, not files"
            raise ConnectorError(what, place=place, mend="write a glob, such as inbox/*.csv")
        folder, pattern = split_glob(origin)
        root = os.path.normpath(base / folder)
        fence = os.path.normpath(base) if Path(root).is_relative_to(os.path.normpath(base)) else root
        _require_inside(root, fence, place)
        return Walk(root, fence, Glob(pattern))

    def _new(self, walk: Walk, known: Known, place: str) -> list[tuple[FoundFile, str]]:
        listed = _listed(walk, place)
        fresh = ((file, new_fingerprint(known, readable_name(file.relative), file.mark)) for file in listed)
        settled = Settled(self._options)
        new = ((file, mark) for file, mark in fresh if mark and settled.has(file))
        return sorted(new, key=lambda pair: pair[0].order)


def _is_recorded(known: Known, file: FoundFile) -> bool:
    return new_fingerprint(known, readable_name(file.relative), file.mark) is None


def _require_inside(root: str, fence: str, place: str) -> None:
    if not Path(root).resolve().is_relative_to(Path(fence).resolve()):
        what = f"the folder {root} is a link that leaves {fence}"
        raise ConnectorError(
            what, place=place, mend="declare the folder it leads to as path of the connector"
        )


def _listed(walk: Walk, place: str) -> Iterator[FoundFile]:
    try:
        yield from walk.files()
    except OSError as error:
        what = f"the folder {error.filename} cannot be listed: {error.strerror}"
        mend = "create it, correct path and origin, or give the lake's user the right to read it"
        raise ConnectorError(what, place=place, mend=mend) from error


def _arrival(file: FoundFile, fingerprint: str, place: str) -> Arrival:
    origin = readable_name(file.relative)
    fetch = partial(_fetch, file, f"{place}, file {origin}")
    return Arrival(origin, fingerprint, origin.rpartition("/")[2], fetch)


def _fetch(file: FoundFile, place: str, into: BinaryIO) -> str:
    write_all(_chunks(file, place), into)
    return ""


def _chunks(file: FoundFile, place: str) -> Iterator[bytes]:
    try:
        with Path(file.path).open("rb", buffering=0) as opened:
            _require_unchanged(os.fstat(opened.fileno()), file, place)
            while chunk := opened.read(CHUNK_BYTES):
                yield chunk
            _require_unchanged(os.fstat(opened.fileno()), file, place)
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or type(error).__name__}"
        mend = "put it back or give the lake's user the right to read it; the next look takes it then"
        raise ConnectorError(what, place=place, mend=mend) from error


def _require_unchanged(now: os.stat_result, file: FoundFile, place: str) -> None:
    if (now.st_size, now.st_mtime_ns) != (file.size_bytes, file.modified_ns):
        what = f"the file is still being written: {file.size_bytes} bytes when listed, {now.st_size} now"
        mend = "nothing, the next look takes it; better write to a name in .part and rename when complete"
        raise ConnectorError(what, place=place, mend=mend)
