"""Which files of a folder are complete."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePath

from lake_assets.connectors._filesystem_options import FilesystemOptions
from lake_assets.connectors._walk import FoundFile

__all__ = ["Settled", "marker_of"]

_NANO = 1_000_000_000


class Settled:
    """Tells complete files from those that are still being written.

    Args:
        options: What is declared.
    """

    def __init__(self, options: FilesystemOptions) -> None:
        self._stable_ns = options.stable_s * _NANO
        self._marker = options.done_marker

    def has(self, file: FoundFile) -> bool:
        """Whether a file is complete, and no marker."""
        if self._stable_ns and not self._is_stable(file):
            return False
        return not self._marker or marker_of(file, self._marker) is not None

    def _is_stable(self, file: FoundFile) -> bool:
        # The clock of a file server may be ahead of ours.
        return abs(time.time_ns() - file.modified_ns) >= self._stable_ns


def marker_of(file: FoundFile, marker: str) -> str | None:
    """The path of what says that a file is complete; None where nothing does, or the file is a marker itself.

    A marker that is older than the file was put there for what was there before.
    """
    if fnmatchcase(os.path.basename(file.path), marker):  # noqa: PTH119 - half a million names an hour
        return None
    return next((path for path in _markers(file, marker) if _is_newer(path, file)), None)


def _markers(file: FoundFile, marker: str) -> Iterator[str]:
    path = PurePath(file.path)
    for name in dict.fromkeys((path.name, path.stem)):
        yield str(path.with_name(marker.replace("*", name)))


def _is_newer(marker: str, file: FoundFile) -> bool:
    try:
        return os.stat(marker).st_mtime_ns >= file.modified_ns  # noqa: PTH116 - as above
    except OSError:
        return False
