"""Whether the site of a lake says what the lake says, and how it comes to say it again."""

from __future__ import annotations

import logging
import time
from threading import Lock, Thread
from typing import TYPE_CHECKING

from lake_assets.errors import LakeError

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["Freshness"]

_LOG = logging.getLogger(__name__)
_PAUSE_S = 1.0
_DECLARE = {".py", ".sql", ".yaml", ".yml"}


class Freshness:
    """Writes the site again, on a thread of its own, when somebody looks and the lake has changed since.

    Args:
        lake: The lake; its declarations are read anew each time.
    """

    def __init__(self, lake: Lake) -> None:
        """Know nothing yet."""
        from lake_assets.site import SITE_FOLDER

        self.lake = lake
        self.folder = SITE_FOLDER
        self._lock = Lock()
        self._written: dict[str, int] | None = None
        self._looked_at_s = -_PAUSE_S
        self._writing: Thread | None = None

    def renew(self, wait_s: float = 0.0) -> None:
        """See to it that the site is written, if it has to be.

        Args:
            wait_s: How long to wait for it; then it goes on while others read what was there.
        """
        with self._lock:
            if self._writing is None or not self._writing.is_alive():
                self._writing = self._begun()
            writing = self._writing
        if writing is not None:
            writing.join(wait_s)

    def _begun(self) -> Thread | None:
        if time.monotonic() - self._looked_at_s < _PAUSE_S:
            return None
        writing = Thread(target=self._write, name="docs-writing", daemon=True)
        writing.start()
        return writing

    def _write(self) -> None:
        from lake_assets.lake import Lake, write_docs
        from lake_assets.site import changes_of

        try:
            found = {**changes_of(self.lake.root), **_declared(self.lake)}
            if found != self._written:
                write_docs(Lake(self.lake.settings))
                self._written = found
        except (LakeError, OSError) as error:
            _LOG.warning("the site of the lake could not be written: %s", error)
        finally:
            self._looked_at_s = time.monotonic()


def _declared(lake: Lake) -> dict[str, int]:
    """When each file of the declarations was written."""
    files = (path for folder in lake.settings.defs for path in folder.rglob("*") if path.suffix in _DECLARE)
    return {str(path): path.stat().st_mtime_ns for path in files if path.is_file()}
