"""Objects of a bucket: `connector: {kind: s3, bucket: flights}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._s3_client import S3Options, client, mapped
from lake_assets.connectors._s3_listing import Listing, Way
from lake_assets.connectors._s3_objects import Found, fits, listed, looked_at, versions_listed
from lake_assets.connectors._s3_queue import open_queue
from lake_assets.connectors._s3_told import forget_recorded, told_keys
from lake_assets.connectors.protocol import ConnectorOptions, Known, NoOptions
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["S3", "S3Options", "client"]

_New = tuple[Found, str]
"""An object and the fingerprint under which it is to land."""


class S3:
    """Lists the objects below a key prefix, or those that fit a glob of keys, oldest change first.

    An object is new when its key, ETag or size is; with `versions` each version of it is one.

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
        self._datasets = source.datasets

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List the objects that are new or changed, by time of change and then by key.

        With `notifications` those are looked at that the queue tells of. The bucket is listed nevertheless when nothing
        is known of the dataset, when it was not for long, and when the queue cannot be asked. Where keys ascend a
        listing begins after the last key that landed, and objects come by key. With `versions` all that the bucket
        keeps are listed.

        Raises:
            ConnectorError: When the store cannot be reached or refuses; after all objects, when the queue does.
        """
        checked(NoOptions, dataset.connector_options, str(dataset.place) or self._place)
        place, bucket = self._place_of(dataset), self._bucket
        with mapped(place), closing(self._make_client(self._options)) as store:
            if self._options.versions:
                new, way, failure = _new_versions(store, bucket, dataset, known, place), Way(Listing()), None
            else:
                new, way, failure = self._new_objects(store, dataset, known, place)
            for each, fingerprint in new:
                yield _arrival(_Reading(store, bucket, each, place, way), fingerprint)
        if failure:
            raise failure

    def _new_objects(
        self, store: S3Client, dataset: Dataset, known: Known, place: str
    ) -> tuple[list[_New], Way, ConnectorError | None]:
        """The objects to fetch as they are now, how far they bring the listing, and why the queue failed."""
        listing, bucket = Listing.remembered(known), self._bucket
        keys, failure = self._told(dataset, listing, place)
        if keys is None:
            listing = self._begun(listing)
            found = listed(store, bucket, dataset, listing.after, place)
        else:
            found = (each for key in keys if (each := looked_at(store, bucket, key, place)))
        way = Way(listing, ascends=self._options.ascending is not None)
        return _new(found, known, by_key=way.ascends), way, failure

    def _begun(self, last: Listing) -> Listing:
        """The listing that begins now; where keys ascend after the last that landed, unless all is to be seen again."""
        ascending = self._options.ascending
        if ascending and not last.is_old(ascending.relist_s):
            return last
        return Listing(datetime.now(UTC)) if ascending or self._options.notifications else Listing()

    def clear_away(self, dataset: Dataset, recorded: Callable[[], Known]) -> list[str]:
        """Delete the messages about objects that are recorded; see `ClearsAway`.

        Raises:
            ConnectorError: When the queue or the store cannot be asked.
        """
        if not self._options.notifications:
            return []
        place, bucket, known = self._place_of(dataset), self._bucket, recorded()
        others = [each for each in self._datasets if each.name != dataset.name]

        with (
            mapped(place),
            closing(self._make_client(self._options)) as store,
            closing(open_queue(self._options, place)) as queue,
        ):

            def is_recorded(key: str) -> bool:
                found = looked_at(store, bucket, key, place)
                return found is None or new_fingerprint(known, key, found.mark) is None

            return forget_recorded(queue, bucket, fits(dataset), list(map(fits, others)), is_recorded)

    def _told(
        self, dataset: Dataset, listing: Listing, place: str
    ) -> tuple[list[str] | None, ConnectorError | None]:
        """The keys that the queue tells of; None where the bucket is to be listed, and why the queue failed."""
        declared = self._options.notifications
        if declared is None or listing.is_old(declared.relist_s):
            return None, None
        try:
            with closing(open_queue(self._options, place)) as queue:
                return told_keys(queue, self._bucket, fits(dataset)), None
        except ConnectorError as error:
            return None, error

    @property
    def _bucket(self) -> str:
        return expand(self._options.bucket, place=self._place)

    def _place_of(self, dataset: Dataset) -> str:
        return f"{self._place}, dataset {dataset.name}, bucket {self._bucket}"


def _new(found: Iterable[Found], known: Known, *, by_key: bool) -> list[_New]:
    fresh = ((each, new_fingerprint(known, each.key, each.mark)) for each in found)
    new = [(each, fingerprint) for each, fingerprint in fresh if fingerprint]
    return sorted(new, key=lambda pair: _sorted_by(pair[0]) if by_key else (pair[0].modified, pair[0].key))


def _new_versions(store: S3Client, bucket: str, dataset: Dataset, known: Known, place: str) -> list[_New]:
    found = sorted(versions_listed(store, bucket, dataset, place), key=lambda each: each.modified)
    return [(each, each.mark) for each in found if not known.has(each.key, each.mark)]


def _sorted_by(found: Found) -> bytes:
    """What S3 sorts its listings by."""
    return found.key.encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class _Reading:
    store: S3Client = field(repr=False)
    bucket: str
    found: Found
    place: str
    way: Way

    def fetch(self, into: BinaryIO) -> str:
        """Write the bytes of the object, if they still are those that were listed."""
        try:
            self._write(into)
        except BaseException:
            self.way.failed()
            raise
        return self.way.passed(self.found.key)

    def _write(self, into: BinaryIO) -> None:
        size_bytes = write_all(self._chunks(), into)
        if size_bytes != self.found.size_bytes:
            what = f"the object has {size_bytes} bytes, {self.found.size_bytes} were listed"
            raise ConnectorError(what, place=self._key_place, mend="run again; what is landed already stays")

    def _chunks(self) -> Iterator[bytes]:
        with mapped(self._key_place):
            found, bucket = self.found, self.bucket
            answer = (
                self.store.get_object(Bucket=bucket, Key=found.key, VersionId=found.version)
                if found.version
                else self.store.get_object(Bucket=bucket, Key=found.key, IfMatch=found.etag)
            )
            with closing(answer["Body"]) as body:
                yield from body.iter_chunks(CHUNK_BYTES)

    @property
    def _key_place(self) -> str:
        return f"{self.place}, key {self.found.key}"


def _arrival(reading: _Reading, fingerprint: str) -> Arrival:
    key = reading.found.key
    return Arrival(key, fingerprint, key.rpartition("/")[2], reading.fetch)
