"""What a sensor has seen of the sources, and how it sees that something is new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from lake_assets.connectors import open_connector
from lake_assets.governance.processed_files import known_files, newest_file
from lake_assets.model import Source
from lake_assets.storage.root import LakeRoot

__all__ = ["Seen", "Sight", "has_landed", "has_news", "is_watched", "listing"]


@dataclass
class Sight:
    """What was seen of a source when it was handed over last.

    Args:
        listing: Digest of the files that were there.
        at_s: When, in seconds since the epoch.
    """

    listing: str = ""
    at_s: float = 0.0


@dataclass
class Seen:
    """What was seen of all sources: the sensor's cursor."""

    sources: dict[str, Sight] = field(default_factory=dict)

    @classmethod
    def load(cls, cursor: str | None) -> Seen:
        """Read a cursor; a first tick has none."""
        kept = json.loads(cursor) if cursor else {}
        return cls({name: Sight(**sight) for name, sight in kept.items()})

    def dump(self) -> str:
        """Write the cursor."""
        return json.dumps({name: asdict(sight) for name, sight in self.sources.items()})

    def of(self, source: Source) -> Sight:
        """What was seen of a source."""
        return self.sources.setdefault(source.name, Sight())


def is_watched(source: Source) -> bool:
    """Whether a source is cheap enough to list all the time: folders, unless it says how often to look."""
    return source.connector == "filesystem" and source.every_s == 0


class _NothingKnown:
    """The lake before anything landed, for which everything is new."""

    state = ""

    def has(self, origin: str, fingerprint: str) -> bool:  # noqa: ARG002 - of the protocol
        return False

    def latest_fingerprint(self, origin: str) -> str | None:  # noqa: ARG002 - of the protocol
        return None


def listing(source: Source) -> str:
    """A digest of the files that are at a source now.

    Raises:
        ConnectorError: When it cannot be listed.
    """
    connector = open_connector(source)
    digest = hashlib.sha256()
    for dataset in source.datasets:
        for arrival in connector.discover(dataset, _NothingKnown()):
            digest.update(f"{dataset.name}\0{arrival.origin}\0{arrival.fingerprint}\n".encode())
    return digest.hexdigest()


def has_landed(root: LakeRoot, source: Source) -> bool:
    """Whether something of every dataset of a source has landed before."""
    return all(newest_file(root, dataset.name) for dataset in source.datasets)


def has_news(root: LakeRoot, source: Source) -> bool:
    """Whether something is at the source that has not landed.

    Raises:
        ConnectorError: When it cannot be listed.
    """
    connector = open_connector(source)
    return any(
        True for dataset in source.datasets for _ in connector.discover(dataset, known_files(root, dataset))
    )
