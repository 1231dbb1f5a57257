"""The steps by which a row came to be, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from lake_assets.model import Severity

__all__ = [
    "CellChange",
    "CleaningTaken",
    "CommitFacts",
    "Decoding",
    "Judging",
    "LandedRecord",
    "MappedColumn",
    "Row",
    "RuleOutcome",
    "SetAside",
]

Row = dict[str, object]
"""A row by column; a personal value is `(personal)`."""


@dataclass(frozen=True)
class CommitFacts:
    """The commit of a table that a row came by.

    Args:
        table: The table.
        version: The Delta version that it made.
        at: When, UTC, in ISO 8601.
        run_id: The run.
        code_version: The version of lake_assets.
        git_sha: The commit of the project that holds the declarations; empty outside a repository.
        inputs: The version of each table that was read, or up to which landed file.
        why: Why, for a replay.
    """

    table: str
    version: int
    at: str
    run_id: str
    code_version: str
    git_sha: str
    inputs: dict[str, int]
    why: str = ""


@dataclass(frozen=True)
class LandedRecord:
    """The record that a row was made of, and the file it stands in.

    Args:
        file_id: What `_file` holds.
        row: Its number in the file, from 1; 0 for the file as a whole.
        name: Of the file.
        path: Where its bytes are kept, under the lake root.
        source: The source.
        connector: How it was collected.
        dataset: The dataset.
        origin: What the file is called at the source.
        ingested_at: When it was complete in temporary landing, UTC.
        size_bytes: Its size.
        sha256: Of its bytes.
        run_id: The run that landed it.
        elements: What the record says, by the names in the file; personal values are not shown.
        text: The record as it stands in the file; empty where no line can be told, or where `not_shown` says why.
        not_shown: Why there is no text, or no elements.
    """

    file_id: int
    row: int
    name: str
    path: str
    source: str
    connector: str
    dataset: str
    origin: str
    ingested_at: datetime
    size_bytes: int
    sha256: str
    run_id: str
    elements: Row = field(default_factory=dict)
    text: str = ""
    not_shown: str = ""


@dataclass(frozen=True)
class MappedColumn:
    """How an element of the file became a column.

    Args:
        column: The column.
        element: The element.
        type: The type of the canonical model.
        layout: How values are written in the file; empty for plain ones.
    """

    column: str
    element: str
    type: str
    layout: str = ""


@dataclass(frozen=True)
class Decoding:
    """How the record became a row of the formatted zone.

    Args:
        commit: By which commit; None when it cannot be told.
        row: The row.
        mapping: The mapping of its columns.
        is_as_declared: Whether that is the mapping that is declared now; None when the commit does not say.
        decision: How the file was read: dialect, encoding, which path.
    """

    commit: CommitFacts | None
    row: Row
    mapping: tuple[MappedColumn, ...]
    is_as_declared: bool | None
    decision: Row


@dataclass(frozen=True)
class CellChange:
    """A cell that a cleaning step changed.

    Args:
        column: Its column.
        before: What it said.
        after: What it says since.
    """

    column: str
    before: object
    after: object


@dataclass(frozen=True)
class CleaningTaken:
    """A cleaning step as it was taken on a row.

    Args:
        step: Its number, from 1.
        kind: Its kind.
        sentence: What it makes of its columns.
        changes: The cells of this row that it changed.
        problem: Why it could not be taken again here; empty when it was.
    """

    step: int
    kind: str
    sentence: str
    changes: tuple[CellChange, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class RuleOutcome:
    """A rule as it was in force when a row was judged.

    Args:
        rule_id: Its name.
        version: Of the rule then.
        severity: What a breach did.
        outcome: `kept`, `broken` or `not known`: of a rule that only warns, or about a whole table, no row is told.
        sentence: What must hold, where it is declared so still; empty otherwise.
        owner: The team that answers for it.
        reason: Why it must hold.
        is_as_declared: Whether it is declared so still.
    """

    rule_id: str
    version: str
    severity: Severity
    outcome: str
    sentence: str = ""
    owner: str = ""
    reason: str = ""
    is_as_declared: bool = True


@dataclass(frozen=True)
class SetAside:
    """What the quarantine says of a record.

    Args:
        stage: The zone that set it aside.
        rules: The rules it broke.
        versions: The version of each of them then.
        why: What was wrong.
        record: The record or row as it was; empty when it is not shown.
        run_id: The run that set it aside.
        at: When, UTC.
        readmitted_at: When a replay took it back, UTC; None while it is set aside.
        readmitted_by: The run that took it back.
        readmitted_why: Why.
    """

    stage: str
    rules: tuple[str, ...]
    versions: tuple[str, ...]
    why: str
    record: str
    run_id: str
    at: datetime
    readmitted_at: datetime | None = None
    readmitted_by: str = ""
    readmitted_why: str = ""


@dataclass(frozen=True)
class Judging:
    """How a row of formatted, or an element of its lists, was judged on its way into the trusted zone.

    Args:
        commit: By which commit; None when it cannot be told.
        cleaning: The steps, with what they changed in this row.
        rules: The rules that were in force.
        is_reproduced: Whether the steps, taken again, end in the row that stands; None where there is none to compare.
    """

    commit: CommitFacts | None
    cleaning: tuple[CleaningTaken, ...]
    rules: tuple[RuleOutcome, ...]
    is_reproduced: bool | None = None
