"""Objects of a bucket as they are listed, and which of them a dataset wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from lake_assets.connectors._glob import Glob, is_wild
from lake_assets.connectors._s3_client import mapped
from lake_assets.model import Dataset
from lake_assets.settings import expand

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["Found", "fits", "listed", "looked_at", "versions_listed"]

_GONE = {"404", "NoSuchKey"}
_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class Found(NamedTuple):
    """An object as it was listed.

    Args:
        key: Its key.
        etag: What tells its content from another.
        size_bytes: Its size.
        modified: When it was put.
        version: The id of the version; empty where the newest is meant, whichever it is.
    """

    key: str
    etag: str
    size_bytes: int
    modified: datetime
    version: str = ""

    @property
    def mark(self) -> str:
        """What tells this content of the key from another.

        >>> Found("a.csv", '"5d4"', 7, _UNKNOWN).mark, Found("a.csv", '"5d4"', 7, _UNKNOWN, "3HL4").mark
        ('"5d4" 7', '"5d4" 7 3HL4')
        """
        # Not the time of change: the same bytes put again, as by a mirror that is filled anew, say nothing new.
        return f"{self.etag} {self.size_bytes}" + (f" {self.version}" if self.version else "")


def listed(store: S3Client, bucket: str, dataset: Dataset, after: str, place: str) -> Iterator[Found]:
    """The objects that a dataset wants, as they are now.

    Args:
        store: Asked.
        bucket: Its name.
        dataset: Its `origin` is a prefix or a glob of keys.
        after: Where the listing begins: after this key; empty for all.
        place: For errors.

    Raises:
        ConnectorError: When the store cannot be reached or refuses.
    """
    prefix, is_wanted = _pattern(expand(dataset.origin))
    paginate = store.get_paginator("list_objects_v2").paginate
    with mapped(place):
        pages = (
            paginate(Bucket=bucket, Prefix=prefix, StartAfter=after)
            if after
            else paginate(Bucket=bucket, Prefix=prefix)
        )
        for page in pages:
            for each in page.get("Contents", []):
                key = each.get("Key", "")
                if is_wanted(key) and not _is_folder(key):
                    yield Found(
                        key, each.get("ETag", ""), each.get("Size", 0), each.get("LastModified", _UNKNOWN)
                    )


def versions_listed(store: S3Client, bucket: str, dataset: Dataset, place: str) -> list[Found]:
    """Every version that the bucket keeps of the objects that a dataset wants, of a key the oldest first.

    Args:
        store: Asked.
        bucket: Its name.
        dataset: As above.
        place: For errors.

    Raises:
        ConnectorError: When the store cannot be reached or refuses.
    """
    prefix, is_wanted = _pattern(expand(dataset.origin))
    with mapped(place):
        # The store lists the newest of a key first; within a second nothing else tells which one came before.
        pages = store.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
        found = [
            Found(
                each.get("Key", ""),
                each.get("ETag", ""),
                each.get("Size", 0),
                each.get("LastModified", _UNKNOWN),
                each.get("VersionId", ""),
            )
            for page in pages
            for each in page.get("Versions", [])
        ]
    return [each for each in reversed(found) if is_wanted(each.key) and not _is_folder(each.key)]


def looked_at(store: S3Client, bucket: str, key: str, place: str) -> Found | None:
    """An object as it is now; None where there is none, whatever was told of it.

    Raises:
        ConnectorError: When the store cannot be reached or refuses.
    """
    from botocore.exceptions import ClientError  # noqa: PLC0415 - as boto3

    with mapped(f"{place}, key {key}"):
        try:
            head = store.head_object(Bucket=bucket, Key=key)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _GONE:
                return None
            raise
        return Found(key, head["ETag"], head["ContentLength"], head["LastModified"])


def fits(dataset: Dataset) -> Callable[[str], bool]:
    """Whether a dataset wants a key."""
    prefix, is_wanted = _pattern(expand(dataset.origin))
    return lambda key: key.startswith(prefix) and is_wanted(key) and not _is_folder(key)


def _is_folder(key: str) -> bool:
    """Whether a key is how some programs show an empty folder; it has no content."""
    return key.endswith("/")


def _pattern(origin: str) -> tuple[str, Callable[[str], bool]]:
    if not is_wild(origin):
        return origin, lambda _key: True
    fixed = min(origin.find(sign) for sign in "*?[" if sign in origin)
    return origin[:fixed], Glob(origin).fits
