"""Files of a lake root that is a prefix in an S3 bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from lake_assets.errors import StorageError
from lake_assets.storage.files import FileEntry

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["S3Files"]

_MEMORY_BYTES = 8 << 20
_DELETE_AT_ONCE = 1000


class S3Files:
    """A `FileStore` over a bucket and prefix.

    Args:
        uri: `s3://bucket/prefix`.
        options: Access, in object_store's names.
    """

    def __init__(self, uri: str, options: Mapping[str, str]) -> None:
        """Keep the bucket, the prefix and how to reach them."""
        self._bucket, _, prefix = uri.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client = _client(options)

    @contextmanager
    def create(self, path: str) -> Iterator[BinaryIO]:
        """Spool, then upload in one piece or in parts: an object is complete or absent."""
        with SpooledTemporaryFile(_MEMORY_BYTES) as spool:
            yield cast("BinaryIO", spool)
            spool.seek(0)
            self._client.upload_fileobj(spool, self._bucket, self._prefix + path)

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Stream the object."""
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)["Body"]
        except self._client.exceptions.NoSuchKey as error:
            raise FileNotFoundError(path) from error
        try:
            yield cast("BinaryIO", body)
        finally:
            body.close()

    def list(self, prefix: str) -> Iterator[FileEntry]:
        """List page by page."""
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{prefix.rstrip('/')}/"):
            for found in page.get("Contents", []):
                path = found["Key"].removeprefix(self._prefix)
                yield FileEntry(path, found["Size"], found["LastModified"].timestamp())

    def folders(self, prefix: str) -> Iterator[str]:
        """List the common prefixes."""
        base = f"{self._prefix}{prefix.rstrip('/')}/"
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=base, Delimiter="/"):
            for found in page.get("CommonPrefixes", []):
                yield found["Prefix"].removeprefix(base).rstrip("/")

    def copy(self, old: str, new: str) -> None:
        """Copy inside the store."""
        source = {"Bucket": self._bucket, "Key": self._prefix + old}
        try:
            self._client.copy(source, self._bucket, self._prefix + new)
        except self._client.exceptions.ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey"}:
                raise FileNotFoundError(old) from error
            raise StorageError(f"the object cannot be copied: {error}", place=old, mend="try again") from error

    def delete(self, paths: Sequence[str]) -> None:
        """Delete up to a thousand at a time."""
        for first in range(0, len(paths), _DELETE_AT_ONCE):
            keys = [{"Key": self._prefix + path} for path in paths[first : first + _DELETE_AT_ONCE]]
            self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})

    def delete_folder(self, prefix: str) -> None:
        """Delete everything below."""
        self.delete([entry.path for entry in self.list(prefix)])

    def make_durable(self, paths: Sequence[str]) -> None:
        """Nothing to do: the store acknowledges what it keeps."""


def _client(options: Mapping[str, str]) -> S3Client:
    import boto3  # noqa: PLC0415 - half a second that a lake on disk need not pay

    return boto3.client(
        "s3",
        endpoint_url=options.get("aws_endpoint_url"),
        region_name=options.get("aws_region", "us-east-1"),
        aws_access_key_id=options.get("aws_access_key_id"),
        aws_secret_access_key=options.get("aws_secret_access_key"),
        aws_session_token=options.get("aws_session_token"),
    )
