"""Files of a lake root that is a prefix in an S3 bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from lake_assets.errors import StorageError
from lake_assets.storage.files import FileEntry
from lake_assets.storage.s3_client import open_client, told

if TYPE_CHECKING:
    from io import RawIOBase

__all__ = ["S3Files"]

_MEMORY_BYTES = 8 << 20
_READ_BYTES = 1 << 16
_DELETE_AT_ONCE = 1000
_OBJECTS = "(Contents || `[]`)[].[Key, Size, LastModified]"
_FOLDERS = "(CommonPrefixes || `[]`)[].Prefix"


class S3Files:
    """A `FileStore` over a bucket and prefix; what the store refuses is a `StorageError`.

    Args:
        uri: `s3://bucket/prefix`.
        options: Access, in object_store's names.
    """

    def __init__(self, uri: str, options: Mapping[str, str]) -> None:
        """Keep the bucket, the prefix and how to reach them."""
        self._uri = uri.rstrip("/")
        self._bucket, _, prefix = uri.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client = open_client(options)

    @contextmanager
    def create(self, path: str) -> Iterator[BinaryIO]:
        """Spool, then upload in one piece or in parts: an object is complete or absent."""
        with SpooledTemporaryFile(_MEMORY_BYTES) as spool:
            yield cast("BinaryIO", spool)
            spool.seek(0)
            with self._told(path):
                self._client.upload_fileobj(spool, self._bucket, self._prefix + path)

    def claim(self, path: str, content: bytes = b"") -> bool:
        """Put on the condition that there is none; a request that is repeated may find its own."""
        try:
            with self._told(path):
                self._client.put_object(
                    Bucket=self._bucket, Key=self._prefix + path, Body=content, IfNoneMatch="*"
                )
        except FileExistsError:
            return False
        return True

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Stream the object."""
        with self._told(path):
            body = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"]
            with BufferedReader(cast("RawIOBase", body), _READ_BYTES) as stream:
                yield cast("BinaryIO", stream)

    def tail(self, path: str, size_bytes: int) -> bytes:
        """Ask for the end alone."""
        end = f"bytes=-{size_bytes}"
        with self._told(path):
            return self._client.get_object(Bucket=self._bucket, Key=self._prefix + path, Range=end)[
                "Body"
            ].read()

    def list(self, prefix: str) -> Iterator[FileEntry]:
        """List page by page."""
        pages = self._client.get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=self._bucket, Prefix=self._folder(prefix)).search(_OBJECTS)
        with self._told(prefix):
            for key, size_bytes, modified_at in found:
                yield FileEntry(key.removeprefix(self._prefix), size_bytes, modified_at.timestamp())

    def folders(self, prefix: str) -> Iterator[str]:
        """List the common prefixes."""
        base = self._folder(prefix)
        pages = self._client.get_paginator("list_objects_v2")
        with self._told(prefix):
            for found in pages.paginate(Bucket=self._bucket, Prefix=base, Delimiter="/").search(_FOLDERS):
                yield found.removeprefix(base).rstrip("/")

    def _told(self, path: str) -> AbstractContextManager[None]:
        """Errors in ours, with the full name of what they are about."""
        return told(path, f"{self._uri}/{path}")

    def _folder(self, prefix: str) -> str:
        return f"{self._prefix}{prefix.rstrip('/')}/" if prefix else self._prefix

    def copy(self, old: str, new: str) -> None:
        """Copy inside the store."""
        with self._told(old):
            self._client.copy(
                {"Bucket": self._bucket, "Key": self._prefix + old}, self._bucket, self._prefix + new
            )

    def delete(self, paths: Sequence[str]) -> None:
        """Delete up to a thousand at a time."""
        for first in range(0, len(paths), _DELETE_AT_ONCE):
            self._delete_some(paths[first : first + _DELETE_AT_ONCE])

    def _delete_some(self, paths: Sequence[str]) -> None:
        with self._told(paths[0]):
            refused = self._client.delete_objects(
                Bucket=self._bucket,
                Delete={"Objects": [{"Key": self._prefix + path} for path in paths], "Quiet": True},
            ).get("Errors")
        if refused:
            what = f"{len(refused)} objects cannot be deleted: {refused[0].get('Message')}"
            raise StorageError(what, place=refused[0].get("Key", ""), mend="allow deletion in the bucket")

    def delete_folder(self, prefix: str) -> None:
        """Delete everything below."""
        self.delete([entry.path for entry in self.list(prefix)])

    def make_durable(self, paths: Sequence[str]) -> None:
        """Nothing to do: the store acknowledges what it keeps."""
