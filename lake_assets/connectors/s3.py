"""Objects of a bucket: `connector: {kind: s3, bucket: flights}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, ClassVar, NamedTuple

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._glob import Glob, is_wild
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._s3_client import S3Options, client, mapped
from lake_assets.connectors.protocol import ConnectorOptions, Known, NoOptions
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["S3", "S3Options", "client"]


_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class S3:
    """Lists the objects below a key prefix, or those that fit a glob of keys, oldest change first.

    An object is new when its key, ETag or size is.

    Args:
        source: What is declared.
        make_client: Makes the client; to be replaced where an S3 resource exists already.
    """

    options: ClassVar[type[ConnectorOptions]] = S3Options
    dataset_options: ClassVar[type[ConnectorOptions]] = NoOptions

    def __init__(self, source: Source, make_client: Callable[[S3Options], S3Client] = client) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(S3Options, source.connector_options, str(source.place) or self._place)
        self._make_client = make_client

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List the objects that are new or changed, by time of change and then by key.

        Raises:
            ConnectorError: When the store cannot be reached or refuses.
        """
        checked(NoOptions, dataset.connector_options, str(dataset.place) or self._place)
        bucket = expand(self._options.bucket, place=self._place)
        place = f"{self._place}, dataset {dataset.name}, bucket {bucket}"
        with mapped(place):
            store = self._make_client(self._options)
        try:
            for found, fingerprint in _new(store, bucket, expand(dataset.origin), known, place):
                yield _arrival(_Reading(store, bucket, found, place), fingerprint)
        finally:
            store.close()


class _Found(NamedTuple):
    """An object as it was listed."""

    key: str
    etag: str
    size_bytes: int
    modified: datetime

    @property
    def mark(self) -> str:
        # Not the time of change: the same bytes put again, as by a mirror that is filled anew, say nothing new.
        return f"{self.etag} {self.size_bytes}"


def _new(store: S3Client, bucket: str, origin: str, known: Known, place: str) -> list[tuple[_Found, str]]:
    listed = _listed(store, bucket, origin, place)
    fresh = ((found, new_fingerprint(known, found.key, found.mark)) for found in listed)
    new = [(found, fingerprint) for found, fingerprint in fresh if fingerprint]
    return sorted(new, key=lambda pair: (pair[0].modified, pair[0].key))


def _listed(store: S3Client, bucket: str, origin: str, place: str) -> Iterator[_Found]:
    prefix, fits = _pattern(origin)
    with mapped(place):
        for page in store.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for listed in page.get("Contents", []):
                key, etag = listed.get("Key", ""), listed.get("ETag", "")
                # A key that ends in `/` is how some programs show an empty folder; it has no content.
                if fits(key) and not key.endswith("/"):
                    yield _Found(key, etag, listed.get("Size", 0), listed.get("LastModified", _UNKNOWN))


def _pattern(origin: str) -> tuple[str, Callable[[str], bool]]:
    if not is_wild(origin):
        return origin, lambda _key: True
    fixed = min(origin.find(sign) for sign in "*?[" if sign in origin)
    return origin[:fixed], Glob(origin).fits


@dataclass(frozen=True)
class _Reading:
    store: S3Client = field(repr=False)
    bucket: str
    found: _Found
    place: str

    def fetch(self, into: BinaryIO) -> str:
        """Write the bytes of the object, if they still are those that were listed."""
        size_bytes = write_all(self._chunks(), into)
        if size_bytes != self.found.size_bytes:
            what = f"the object has {size_bytes} bytes, {self.found.size_bytes} were listed"
            raise ConnectorError(what, place=self._key_place, mend="run again; what is landed already stays")
        return ""

    def _chunks(self) -> Iterator[bytes]:
        with mapped(self._key_place):
            answer = self.store.get_object(Bucket=self.bucket, Key=self.found.key, IfMatch=self.found.etag)
            with closing(answer["Body"]) as body:
                yield from body.iter_chunks(CHUNK_BYTES)

    @property
    def _key_place(self) -> str:
        return f"{self.place}, key {self.found.key}"


def _arrival(reading: _Reading, fingerprint: str) -> Arrival:
    key = reading.found.key
    return Arrival(key, fingerprint, key.rpartition("/")[2], reading.fetch)
