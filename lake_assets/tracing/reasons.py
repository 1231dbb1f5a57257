"""Why a row or a column is as it is, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lake_assets.model import Severity
from lake_assets.tracing.declared_by import DeclarationChange
from lake_assets.tracing.results import RowTrace
from lake_assets.tracing.steps import CommitFacts

__all__ = ["BrokenRule", "ColumnReason", "ColumnRule", "Fate", "RowReason"]


class Fate(StrEnum):
    """What became of a record: it stands, was set aside, gave way to a later one, left the table, or waits."""

    STANDS = "stands"
    SET_ASIDE = "set aside"
    SUPERSEDED = "superseded"
    LEFT = "left"
    WAITS = "waits"


@dataclass(frozen=True)
class BrokenRule:
    """A rule for which a row was set aside.

    Args:
        rule_id: Its name.
        version_then: Its version when the row was judged.
        version_now: As it is declared now; empty when it is not.
        sentence: What must hold, as declared now.
        severity: What a breach does now; None when it is not declared any more.
        owner: The team that answers for it.
        reason: Why it must hold.
        declared_at: Where it is declared.
        changes: Who changed it, when and why, newest first; of the file where its lines are not certain.
    """

    rule_id: str
    version_then: str
    version_now: str = ""
    sentence: str = ""
    severity: Severity | None = None
    owner: str = ""
    reason: str = ""
    declared_at: str = ""
    changes: tuple[DeclarationChange, ...] = ()

    @property
    def is_as_declared(self) -> bool:
        """Whether the row would be judged by the same rule now."""
        return self.version_then == self.version_now


@dataclass(frozen=True)
class RowReason:
    """Why a row is where it is.

    Args:
        fate: What became of it.
        sentence: Why, for people.
        trace: Where it comes from.
        rules: The rules for which it was set aside.
        instead: The row that stands in its place; empty where there is none.
    """

    fate: Fate
    sentence: str
    trace: RowTrace
    rules: tuple[BrokenRule, ...] = ()
    instead: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class ColumnRule:
    """A rule about a column, and how it came out when the table changed last.

    Args:
        rule_id: Its name.
        version: As it is declared.
        severity: What a breach does.
        sentence: What must hold.
        owner: The team that answers for it.
        reason: Why it must hold.
        judged: Rows that were judged last; None when it has not been judged in this version.
        broken: Rows that broke it then.
        declared_at: Where it is declared.
        changes: Who changed it, when and why, newest first; none where its lines are not certain.
    """

    rule_id: str
    version: str
    severity: Severity
    sentence: str
    owner: str
    reason: str
    judged: int | None
    broken: int | None
    declared_at: str = ""
    changes: tuple[DeclarationChange, ...] = ()


@dataclass(frozen=True)
class ColumnReason:
    """What a column is and how it came to be.

    Args:
        table: Its table.
        version: The version that was looked at.
        column: Its name.
        type: Its type.
        description: What it means.
        unit: The unit of its values.
        is_personal: Whether its values are never shown.
        declared_at: Where its table is declared.
        elements: What it is called in files.
        layout: How its values are written in files.
        expression: What it is made by, in SQL; the name of the function where it is made by one.
        inputs: The columns that it is made of; tables where columns are not known.
        cleaning: What is cleaned in it, in order.
        rules: The rules about it.
        commits: The newest commits that changed rows of the table, newest first.
        rows: Rows of the table.
        nulls: Rows in which it is null.
        rescued: Rows whose cell did not decode and is kept as text; None where no such cells are kept.
        changes: Who changed the declaration, newest first.
    """

    table: str
    version: int
    column: str
    type: str
    description: str
    unit: str
    is_personal: bool
    declared_at: str
    elements: tuple[str, ...]
    layout: str
    expression: str
    inputs: tuple[str, ...]
    cleaning: tuple[str, ...]
    rules: tuple[ColumnRule, ...]
    commits: tuple[CommitFacts, ...]
    rows: int
    nulls: int
    rescued: int | None
    changes: tuple[DeclarationChange, ...] = ()
