"""A file of an SFTP server: its bytes, gone on with where a connection was lost, and only while it does not change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from paramiko import SFTPFile

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._sftp_session import LOST, Session, mapped
from lake_assets.connectors._sftp_walk import RemoteStat
from lake_assets.connectors._walk import FoundFile
from lake_assets.errors import ConnectorError

__all__ = ["RemoteFile"]

_LOG = logging.getLogger(__name__)
_AHEAD_BYTES = 4 << 20  # asked for before the first of them came


@dataclass(frozen=True)
class RemoteFile:
    """A file as it was listed.

    Args:
        session: With the server.
        file: The file.
        retries: How often to go on after a lost connection.
        place: For errors.
    """

    session: Session = field(repr=False)
    file: FoundFile
    retries: int
    place: str

    def fetch(self, into: BinaryIO) -> str:
        """Write the bytes of the file, if they still are those that were listed."""
        write_all(self._chunks(), into)
        return ""

    def _chunks(self) -> Iterator[bytes]:
        done_bytes, left = 0, self.retries
        with mapped(self.place, self.session.secrets):
            while True:
                try:
                    for chunk in self._from(done_bytes):
                        yield chunk
                        done_bytes += len(chunk)
                except LOST as error:
                    self.session.close()
                    if not left:
                        raise
                    left -= 1
                    _LOG.warning("%s: lost after %s bytes (%s), going on", self.place, done_bytes, error)
                else:
                    break
        if done_bytes != self.file.size_bytes:
            self._refuse_changed(done_bytes)

    def _from(self, done_bytes: int) -> Iterator[bytes]:
        with self.session.sftp.open(self.file.path, "rb") as opened:
            self._require_unchanged(opened)
            # It asks ahead in a thread of its own; that a connection is lost there, reading meets here as well.
            reading: Any = opened
            reading._prefetch_thread = _quiet(reading._prefetch_thread)  # noqa: SLF001
            for start in range(done_bytes, self.file.size_bytes, _AHEAD_BYTES):
                end = min(start + _AHEAD_BYTES, self.file.size_bytes)
                opened.seek(start)
                opened.prefetch(end)
                while (left := end - opened.tell()) and (chunk := opened.read(min(left, CHUNK_BYTES))):
                    yield chunk
            self._require_unchanged(opened)

    def _require_unchanged(self, opened: SFTPFile) -> None:
        now = RemoteStat.of(opened.stat())
        if (now.st_size, now.st_mtime_ns) != (self.file.size_bytes, self.file.modified_ns):
            self._refuse_changed(now.st_size)

    def _refuse_changed(self, size_bytes: int) -> None:
        what = f"the file is still being written: {self.file.size_bytes} bytes when listed, {size_bytes} now"
        mend = "nothing, the next look takes it; better write to a name in .part and rename when complete"
        raise ConnectorError(what, place=self.place, mend=mend)


def _quiet(ask: Callable[..., None]) -> Callable[..., None]:
    def asked(*arguments: object) -> None:
        with suppress(OSError, *LOST):
            ask(*arguments)

    return asked
