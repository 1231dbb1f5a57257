"""Files of an SFTP server: `connector: {kind: sftp, host: ..., username: ..., key_file: ..., known_hosts: ...}`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar

from lake_assets.connectors._extras import require_extra
from lake_assets.connectors._glob import Glob, split_glob
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._sftp_options import SftpOptions
from lake_assets.connectors.protocol import ConnectorOptions, Known, NoOptions
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

if TYPE_CHECKING:
    from lake_assets.connectors._sftp_session import Session
    from lake_assets.connectors._sftp_walk import RemoteWalk
    from lake_assets.connectors._walk import FoundFile

__all__ = ["Sftp", "SftpOptions"]

_NANO = 1_000_000_000


class Sftp:
    """Lists the files that fit the glob a dataset names as its origin, oldest change first.

    An arrival's origin is its path below the last folder before the first wildcard. A file whose connection is lost is
    gone on with where it ended; a file that changes meanwhile is left for the next look.
    """

    options: ClassVar[type[ConnectorOptions]] = SftpOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = NoOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(SftpOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List the files that are new or changed, by time of change and then by name.

        Raises:
            ConnectorError: When the server cannot be reached or refuses; after all other files, for what cannot be had.
        """
        checked(NoOptions, dataset.connector_options, str(dataset.place) or self._place)
        place = f"{self._place}, dataset {dataset.name}"
        require_extra("paramiko", "sftp", place)
        # Only lakes with SFTP sources have the library.
        from lake_assets.connectors._sftp_fetch import RemoteFile  # noqa: PLC0415
        from lake_assets.connectors._sftp_session import Session, mapped  # noqa: PLC0415

        with closing(Session(self._options, place)) as session:
            with mapped(place, session.secrets):
                walk = self._walk(session, expand(dataset.origin, place=place), place)
                listed = list(walk.files())
            for file, fingerprint in self._new(listed, known):
                remote = RemoteFile(session, file, self._options.retries, f"{place}, file {file.relative}")
                yield Arrival(file.relative, fingerprint, file.relative.rpartition("/")[2], remote.fetch)
            walk.require_no_problems(place)

    def _walk(self, session: Session, origin: str, place: str) -> RemoteWalk:
        from lake_assets.connectors._sftp_walk import RemoteWalk  # noqa: PLC0415  as above

        base = session.sftp.normalize(expand(self._options.path, place=place) or ".") or "/"
        folder, pattern = split_glob(origin)
        if not pattern or pattern.endswith("/"):
            what = f"the origin {origin!r} names a folder, not files"
            raise ConnectorError(what, place=place, mend="write a glob, such as inbox/*.csv")
        if folder.startswith("/") or ".." in folder.split("/"):
            mend = "write a glob below path, and the folder it is in as path of the connector"
            raise ConnectorError(f"the origin {origin!r} leaves the base folder", place=place, mend=mend)
        root = f"{base.rstrip('/')}/{folder}".rstrip("/") or "/"
        return RemoteWalk(session.sftp, root, base, Glob(pattern))

    def _new(self, listed: list[FoundFile], known: Known) -> list[tuple[FoundFile, str]]:
        settled = filter(self._is_settled, listed)
        fresh = ((file, new_fingerprint(known, file.relative, file.mark)) for file in settled)
        return sorted(((file, mark) for file, mark in fresh if mark), key=lambda pair: pair[0].order)

    def _is_settled(self, file: FoundFile) -> bool:
        # The clock of the server may be ahead of ours.
        return abs(time.time_ns() - file.modified_ns) >= self._options.settle_s * _NANO
