"""Every source: how it is collected, who answers for it, what came of it; never how it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lake_assets.model import Dataset, Source, TableRef, Zone, spell_duration
from lake_assets.site.facts import Facts, Landing
from lake_assets.site.paths import source_page, table_page, told_place
from lake_assets.site.views import Link

__all__ = ["DatasetView", "SourceView", "source_views"]

_ASKED_BY_ADDRESS = {"http", "rest"}
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\}")


@dataclass(frozen=True)
class DatasetView:
    """A dataset of a source.

    Args:
        dataset: As declared.
        origin: What is collected, without what may be secret in it.
        landing: What came of it.
        tables: Its tables, those of its children too.
    """

    dataset: Dataset
    origin: str
    landing: Landing
    tables: tuple[Link, ...]


@dataclass(frozen=True)
class SourceView:
    """A source.

    Args:
        source: As declared.
        href: Its page.
        every: How often it is looked at; empty where only on request.
        place: Where it is declared.
        datasets: What is collected there.
    """

    source: Source
    href: str
    every: str
    place: str
    datasets: tuple[DatasetView, ...]

    @property
    def landed(self) -> int:
        """Files that landed."""
        return sum(each.landing.landed for each in self.datasets)

    @property
    def size_bytes(self) -> int:
        """Bytes that landed."""
        return sum(each.landing.size_bytes for each in self.datasets)

    @property
    def last_seen(self) -> datetime | None:
        """When something came last."""
        return max((each.landing.last_seen for each in self.datasets if each.landing.last_seen), default=None)


def source_views(sources: tuple[Source, ...], facts: Facts) -> tuple[SourceView, ...]:
    """One for each source, by name.

    Args:
        sources: As declared.
        facts: What was read.
    """
    return tuple(_view(each, facts) for each in sorted(sources, key=lambda each: each.name))


def _view(source: Source, facts: Facts) -> SourceView:
    return SourceView(
        source,
        source_page(source.name),
        spell_duration(source.every_s) if source.every_s else "",
        told_place(source.place),
        tuple(_dataset(each, source.connector, facts) for each in source.datasets),
    )


def _dataset(dataset: Dataset, connector: str, facts: Facts) -> DatasetView:
    tables = tuple(Link(str(ref), table_page(ref)) for ref in _tables(dataset))
    return DatasetView(
        dataset, _shown(dataset.origin, connector), facts.landings.get(dataset.name, Landing()), tables
    )


def _tables(dataset: Dataset) -> Iterator[TableRef]:
    yield dataset.table(Zone.FORMATTED)
    yield dataset.table(Zone.TRUSTED)
    yield from (each.table(Zone.TRUSTED) for each in dataset.children)


def _shown(origin: str, connector: str) -> str:
    """What is collected: of an address neither who asks nor with what, of the environment only names.

    >>> _shown("https://me:secret@example.org/a.csv?key=secret", "http"), _shown("${KEY:-secret}/*.csv", "filesystem")
    ('https://example.org/a.csv', '${KEY}/*.csv')
    """
    named = _REFERENCE.sub(r"${\1}", origin)
    if "://" not in named and connector not in _ASKED_BY_ADDRESS:
        return named
    parts = urlsplit(named)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
