"""Folders of an SFTP server, walked as those of this machine are."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, field

from paramiko import SFTPAttributes, SFTPClient

from lake_assets.connectors._glob import Glob
from lake_assets.connectors._walk import Entry, Walk

__all__ = ["RemoteStat", "RemoteWalk"]

_NANO = 1_000_000_000


@dataclass(frozen=True)
class RemoteStat:
    """What a server tells of a name; times are whole seconds.

    Args:
        st_mode: Kind and permissions.
        st_size: Bytes.
        st_mtime_ns: When it was changed last.
    """

    st_mode: int
    st_size: int
    st_mtime_ns: int

    @classmethod
    def of(cls, told: SFTPAttributes) -> RemoteStat:
        """What the attributes tell; a server may leave some out."""
        return cls(told.st_mode or 0, told.st_size or 0, int(told.st_mtime or 0) * _NANO)


@dataclass(frozen=True)
class _RemoteEntry:
    """A name in a folder of the server."""

    sftp: SFTPClient = field(repr=False)
    name: str
    path: str
    told: SFTPAttributes = field(repr=False)

    def is_symlink(self) -> bool:
        return stat.S_ISLNK(self.told.st_mode or 0)

    def is_dir(self) -> bool:
        try:
            return stat.S_ISDIR(self.stat().st_mode)
        except FileNotFoundError:
            return False

    def stat(self) -> RemoteStat:
        return RemoteStat.of(self.sftp.stat(self.path) if self.is_symlink() else self.told)


class RemoteWalk(Walk):
    """One look below a folder of a server.

    Args:
        sftp: The server's files.
        root: The folder.
        fence: A folder that no symbolic link may leave.
        glob: What to look for, relative to the root.
    """

    def __init__(self, sftp: SFTPClient, root: str, fence: str, glob: Glob) -> None:
        self._sftp = sftp
        super().__init__(root, fence, glob)

    def scan(self, path: str) -> Sequence[Entry]:
        """The names in a folder; none that would lead out of it.

        Raises:
            OSError: When it cannot be listed, or a name in it is no text or no name.
        """
        try:
            listed = self._sftp.listdir_attr(path)
        except UnicodeDecodeError as error:
            raise OSError(None, "a name in it is no UTF-8") from error
        wrong = [told.filename for told in listed if "/" in told.filename or told.filename in {"", ".", ".."}]
        for name in wrong:
            self._note(f"{path.rstrip('/')}/{name!a}", "is no name of a file")
        named = [told for told in listed if told.filename not in wrong]
        return [
            _RemoteEntry(self._sftp, told.filename, f"{path.rstrip('/')}/{told.filename}", told)
            for told in named
        ]

    def real(self, path: str) -> str:
        """A path without symbolic links, as the server resolves it."""
        return self._sftp.normalize(path) or path
