"""The lake root: the one folder or bucket prefix that holds everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lake_assets.errors import SettingsError
from lake_assets.model import TableRef
from lake_assets.settings import Settings
from lake_assets.storage.files import FileStore
from lake_assets.storage.local_files import LocalFiles
from lake_assets.storage.s3_files import S3Files

__all__ = ["LakeRoot"]


@dataclass(frozen=True)
class LakeRoot:
    """Where a lake is, and how its files are reached.

    Args:
        uri: An absolute folder, or `s3://bucket/prefix`; no slash at the end.
        storage_options: Access to an S3 root, in object_store's names; never shown.
        watch: Asked before something is committed; it raises where that may be no longer.
    """

    uri: str
    storage_options: dict[str, str] = field(default_factory=dict, repr=False)
    watch: Callable[[], None] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, settings: Settings) -> LakeRoot:
        """The root that the settings name.

        Raises:
            SettingsError: When it is neither a folder nor an `s3://` URI.
        """
        if "://" in settings.root and not settings.root.startswith("s3://"):
            mend = "set LAKE_ROOT to a folder or to s3://bucket/prefix"
            raise SettingsError(f"a lake cannot be kept at {settings.root!r}", place="LAKE_ROOT", mend=mend)
        return cls(settings.root, settings.s3_options)

    @property
    def is_local(self) -> bool:
        """Whether it is a folder on this machine."""
        return not self.uri.startswith("s3://")

    @cached_property
    def files(self) -> FileStore:
        """The files under the root."""
        return LocalFiles(self.uri) if self.is_local else S3Files(self.uri, self.storage_options)

    def watched(self, watch: Callable[[], None]) -> LakeRoot:
        """The same root, where something is asked before each commit; its files are reached as before.

        Args:
            watch: Raises where nothing may be committed any more.
        """
        root = replace(self, watch=watch)
        vars(root)["files"] = self.files
        return root

    def refuse_late(self) -> None:
        """Raise where nothing may be committed any more; see `watched`."""
        if self.watch:
            self.watch()

    def locate(self, path: str) -> str:
        """The full path or URI of a path under the root."""
        return f"{self.uri}/{path}"

    def table_uri(self, ref: TableRef) -> str:
        """The full path or URI of a table."""
        return self.locate(ref.path)

    def local_path(self, path: str) -> Path:
        """The path on this machine; only for a local root."""
        return Path(self.uri, path)
