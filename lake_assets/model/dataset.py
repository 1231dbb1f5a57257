"""Sources and their datasets, as declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lake_assets.model.cleaning import CleaningStep
from lake_assets.model.mapping import Mapping
from lake_assets.model.rule import Rule
from lake_assets.model.table_ref import TableRef
from lake_assets.model.zone import Zone

__all__ = ["Dataset", "Deletions", "Options", "Place", "Source", "WriteMode"]

Options = dict[str, object]
"""Declared options of a connector or format, checked by the connector or format itself."""


class WriteMode(StrEnum):
    """How accepted rows enter the trusted table.

    `append` adds them; `upsert` replaces the row of the same key; `replace` keeps the newest file only; `scd2` keeps
    every version of a key with the time it was valid; `snapshot` upserts, and deletes what the newest file lacks.
    """

    APPEND = "append"
    UPSERT = "upsert"
    REPLACE = "replace"
    SCD2 = "scd2"
    SNAPSHOT = "snapshot"

    @property
    def needs_a_key(self) -> bool:
        """Whether rows enter the table by their key."""
        return self in {WriteMode.UPSERT, WriteMode.SCD2, WriteMode.SNAPSHOT}

    @property
    def goes_file_by_file(self) -> bool:
        """Whether each file is the whole truth at its time."""
        return self in {WriteMode.REPLACE, WriteMode.SNAPSHOT}


class Deletions(StrEnum):
    """What becomes of a row that a snapshot no longer has: it leaves the table, or it is marked and stays."""

    REMOVE = "remove"
    MARK = "mark"


@dataclass(frozen=True)
class Place:
    """Where something is declared: file and line, for errors and for links to code.

    Args:
        file: Path as loaded; empty when declared in Python only.
        line: From 1; 0 when unknown.
    """

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """Write `file:line`."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Dataset:
    """One kind of data of a source, and how it goes through the zones.

    Args:
        name: Its table's name in every zone, unique in the lake.
        source: The name of its source.
        origin: What the connector collects: a glob, a path under a URL, a key prefix.
        format: The format of its files.
        format_options: Options of the format.
        connector_options: Options of the connector that hold for this dataset only.
        mapping: How elements become columns.
        key: The columns that identify a row; empty when nothing does.
        write_mode: How rows enter trusted.
        order_by: For `upsert`: the column whose greatest value makes the latest row of a key; empty for the order of
            arrival.
        valid_from: For `scd2`: the column that says since when a row holds; empty for when its file was ingested.
        deletions: For `snapshot`: what becomes of rows that it no longer has.
        empty_deletes: For `snapshot`: whether one without a row deletes all.
        clean: What is mended on the way from formatted to trusted, in this order.
        rules: What trusted rows must keep.
        description: What it is.
        grain: What one row stands for.
        owner: The team that answers for it, as `team:name`.
        tags: Free words for search.
        is_profiled: Whether each new version of its trusted table is profiled.
        fresh_within_s: Seconds within which its trusted table should change again; 0 for whenever.
        place: Where it is declared.
        children: Trusted tables that are made of its list columns.
        parent: For a child table: the dataset that it is made of; its `origin` is the column of lists.
    """

    name: str
    source: str
    origin: str = ""
    format: str = "csv"
    format_options: Options = field(default_factory=dict)
    connector_options: Options = field(default_factory=dict)
    mapping: Mapping = field(default_factory=Mapping)
    key: tuple[str, ...] = ()
    write_mode: WriteMode = WriteMode.APPEND
    order_by: str = ""
    valid_from: str = ""
    deletions: Deletions = Deletions.REMOVE
    empty_deletes: bool = False
    clean: tuple[CleaningStep, ...] = ()
    rules: tuple[Rule, ...] = ()
    description: str = ""
    grain: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    is_profiled: bool = True
    fresh_within_s: int = 0
    place: Place = field(default_factory=Place)
    children: tuple[Dataset, ...] = ()
    parent: str = ""

    @property
    def shown_key(self) -> tuple[str, ...]:
        """The columns of the key that may be shown: those that hold no personal data."""
        personal = {column.name for column in self.mapping.columns if column.is_personal}
        return tuple(name for name in self.key if name not in personal)

    def table(self, zone: Zone) -> TableRef:
        """The table of this dataset in a zone."""
        return TableRef(zone, self.name)


@dataclass(frozen=True)
class Source:
    """A place data comes from.

    Args:
        name: Unique in the lake.
        connector: The kind of connector.
        connector_options: Its options; secrets only as names of environment variables.
        datasets: What is collected there.
        every_s: Seconds between two looks at the source by the sensor; 0 means only on request.
        description: What it is.
        licence: Under which licence it may be used.
        owner: The team that answers for it, as `team:name`.
        place: Where it is declared.
    """

    name: str
    connector: str
    connector_options: Options = field(default_factory=dict)
    datasets: tuple[Dataset, ...] = ()
    every_s: int = 0
    description: str = ""
    licence: str = ""
    owner: str = ""
    place: Place = field(default_factory=Place)
