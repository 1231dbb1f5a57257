"""What the tables of a lake tell of themselves, read for the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lake_assets.model import TableRef, Verdict
from lake_assets.profiles import TableProfile

__all__ = ["ColumnFacts", "Facts", "LandedName", "Landing", "RunFacts", "SetAside", "TableFacts"]


@dataclass(frozen=True)
class ColumnFacts:
    """A column as the table has it.

    Args:
        name: Its name.
        kind: Its type, in the words of Polars.
        comment: What the table says that it means.
    """

    name: str
    kind: str
    comment: str = ""


@dataclass(frozen=True)
class TableFacts:
    """A table at its newest version.

    Args:
        ref: Its name.
        version: Delta version.
        rows: Number of rows.
        files: Number of data files.
        size_bytes: Of the data files.
        columns: In order.
    """

    ref: TableRef
    version: int
    rows: int
    files: int
    size_bytes: int
    columns: tuple[ColumnFacts, ...]


@dataclass(frozen=True)
class RunFacts:
    """What a commit of a table says of itself.

    Args:
        ref: The table.
        version: The Delta version that it made.
        at: When, UTC.
        run_id: The run.
        seconds: Wall time of the step.
        rows_in: Rows that it was given.
        rows_out: Rows that it wrote.
        rows_quarantined: Rows that it set aside.
        rows_merged: Rows that replaced another, or were superseded by one.
        inputs: How far each input was consumed.
        verdicts: How each rule came out, by its id.
        code_version: The version of lake_assets.
        git_sha: The commit of the project.
    """

    ref: TableRef
    version: int
    at: datetime
    run_id: str
    seconds: float
    rows_in: int
    rows_out: int
    rows_quarantined: int
    rows_merged: int
    inputs: Mapping[str, int]
    verdicts: Mapping[str, Verdict]
    code_version: str
    git_sha: str


@dataclass(frozen=True)
class LandedName:
    """A file that came.

    Args:
        name: Its name.
        size_bytes: Its size.
        ingested_at: When it came, UTC.
        outcome: Landed, or a duplicate.
    """

    name: str
    size_bytes: int
    ingested_at: datetime
    outcome: str


@dataclass(frozen=True)
class Landing:
    """What processed files know of a dataset.

    Args:
        landed: Versions in persistent landing.
        duplicates: Files that repeated one of them.
        size_bytes: Of those that landed.
        last_seen: When the newest of either came, UTC.
        newest: The last that came, the newest first.
    """

    landed: int = 0
    duplicates: int = 0
    size_bytes: int = 0
    last_seen: datetime | None = None
    newest: tuple[LandedName, ...] = ()


@dataclass(frozen=True)
class SetAside:
    """Rows in quarantine that break one rule.

    Args:
        stage: The zone that set them aside.
        rule: The rule.
        rows: Number of rows.
        files: Number of files they are from.
        since: When the first was set aside, UTC.
    """

    stage: str
    rule: str
    rows: int
    files: int
    since: datetime


@dataclass(frozen=True)
class Facts:
    """All that is read of a lake for its site.

    Args:
        tables: Every table there is.
        runs: The newest commits of each table, the newest first.
        landings: By dataset.
        set_aside: What is in quarantine, by dataset; a row that breaks two rules stands under both.
        rows_set_aside: Rows in quarantine, by dataset, each counted once.
        profiles: The newest profile of each table.
        file_names: What the files are called that verdicts speak of, by their ids.
        waiting: Files that wait in temporary landing.
    """

    tables: Mapping[TableRef, TableFacts] = field(default_factory=dict)
    runs: Mapping[TableRef, tuple[RunFacts, ...]] = field(default_factory=dict)
    landings: Mapping[str, Landing] = field(default_factory=dict)
    set_aside: Mapping[str, tuple[SetAside, ...]] = field(default_factory=dict)
    rows_set_aside: Mapping[str, int] = field(default_factory=dict)
    profiles: Mapping[TableRef, TableProfile] = field(default_factory=dict)
    file_names: Mapping[int, str] = field(default_factory=dict)
    waiting: int = 0
