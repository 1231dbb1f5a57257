"""Files of a folder that others write to: `connector: {kind: filesystem, path: inbox}`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, ClassVar

from pydantic import Field

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._glob import Glob, split_glob
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._walk import FoundFile, Walk, readable_name
from lake_assets.connectors.protocol import ConnectorOptions, Known, NoOptions
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import Settings, expand

__all__ = ["Filesystem", "FilesystemOptions"]

_NANO = 1_000_000_000


class FilesystemOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        path: The base folder, from the project folder (`LAKE_PROJECT`); `${NAME}` is filled in.
        settle_s: A file changed less than this many seconds ago is left for the next look.
    """

    path: str = ""
    settle_s: float = Field(default=0, ge=0)


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

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List the files that are new or changed, by time of change and then by name.

        Raises:
            ConnectorError: When the folder cannot be listed; after all other files, for what cannot be had.
        """
        checked(NoOptions, dataset.connector_options, str(dataset.place) or self._place)
        place = f"{self._place}, dataset {dataset.name}"
        walk = self._walk(dataset, place)
        for file, fingerprint in self._new(walk, known, place):
            yield _arrival(file, fingerprint, place)
        walk.require_no_problems(place)

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
        settled = filter(self._is_settled, listed) if self._options.settle_s else listed
        fresh = ((file, new_fingerprint(known, readable_name(file.relative), file.mark)) for file in settled)
        return sorted(((file, mark) for file, mark in fresh if mark), key=lambda pair: pair[0].order)

    def _is_settled(self, file: FoundFile) -> bool:
        # The clock of a file server may be ahead of ours.
        return abs(time.time_ns() - file.modified_ns) >= self._options.settle_s * _NANO


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
