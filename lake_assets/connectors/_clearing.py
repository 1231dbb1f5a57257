"""Moving or deleting files whose bytes are recorded, so that no death and no writer costs a byte.

A file is first taken aside by renaming it into a hidden folder; only what is then still the version that is recorded
goes on from there, and anything else goes back. What a death leaves aside is taken up by the next run.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from lake_assets.connectors._walk import FoundFile, readable_name

__all__ = ["ASIDE", "Clearing"]

ASIDE = ".lake-landed"
"""The folder below that of a glob where files are between the inbox and what becomes of them."""


@dataclass
class Clearing:
    """Clears a folder of files.

    Args:
        root: The folder; files are named from there on.
        target: The folder they are moved to; None where they are deleted.
        is_recorded: Whether the bytes of a version of a file are recorded.
        problems: What could not be cleared, and why.
    """

    root: Path
    target: Path | None
    is_recorded: Callable[[FoundFile], bool]
    problems: list[str] = field(default_factory=list)

    def resume(self) -> None:
        """Go on with what a death left aside."""
        for path in self._aside():
            self._tried(self._finish, path)

    def end(self) -> None:
        """Remove the folder that files were taken aside to, unless something is left there."""
        for folder, _, _ in os.walk(self.root / ASIDE, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()

    def clear(self, file: FoundFile) -> None:
        """Clear one file, if it still is what was recorded."""
        self._tried(self._take, file)

    def clear_beside(self, file: FoundFile, path: str) -> None:
        """Clear another file of the same folder that the lake takes no note of, unless it changes meanwhile."""
        with suppress(FileNotFoundError):
            relative = str(Path(file.relative).with_name(Path(path).name))
            seen = _seen(Path(path), relative)
            beside = Clearing(self.root, self.target, lambda now: now.mark == seen.mark, self.problems)
            beside.clear(seen)

    def _tried(self, step: Callable[[FoundFile], None], file: FoundFile) -> None:
        try:
            step(file)
        except FileNotFoundError:
            return  # it is gone, or another run was quicker
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.problems.append(f"{readable_name(file.relative)}: {reason}")

    def _aside(self) -> Iterator[FoundFile]:
        base = self.root / ASIDE
        for folder, _, names in os.walk(base):
            for name in names:
                path = Path(folder, name)
                yield _seen(path, path.relative_to(base).as_posix())

    def _take(self, file: FoundFile) -> None:
        if os.path.islink(file.path):  # noqa: PTH114
            self.problems.append(f"{readable_name(file.relative)}: is a link, and stays")
            return
        aside = self.root / ASIDE / file.relative
        if aside.exists():
            self._finish(_seen(aside, file.relative))
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.rename(file.path, aside)  # noqa: PTH104
        self._finish(_seen(aside, file.relative))

    def _finish(self, aside: FoundFile) -> None:
        if not self.is_recorded(aside):
            self._give_back(aside)
        elif self.target:
            _move(aside, self.target / aside.relative)
        else:
            os.unlink(aside.path)  # noqa: PTH108

    def _give_back(self, aside: FoundFile) -> None:
        """Put back what is no recorded version; under a name of its own, if there is a newer one by now."""
        place = self.root / aside.relative
        for path in (place, place.with_name(f"{place.stem}-{uuid4().hex[:8]}{place.suffix}")):
            with suppress(FileExistsError):
                os.link(aside.path, path)
                os.unlink(aside.path)  # noqa: PTH108
                return


def _seen(path: Path, relative: str) -> FoundFile:
    found = path.lstat()
    return FoundFile(str(path), relative, found.st_size, found.st_mtime_ns)


def _move(file: FoundFile, target: Path) -> None:
    """Move a file; another version that is there already keeps its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and _seen(target, "").mark != file.mark:
        target = target.with_name(f"{target.stem}-{file.mark}{target.suffix}")
    path = Path(file.path)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.part")
        shutil.copy2(path, part)
        with part.open("rb") as copy:
            os.fsync(copy.fileno())
        part.replace(target)
        path.unlink()
