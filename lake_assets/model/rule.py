"""A quality rule as data: what must hold, how grave a breach is, who owns it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Rule", "RuleValue", "Severity", "Verdict"]

_Scalar = str | int | float | bool | None
RuleValue = _Scalar | tuple[_Scalar, ...]


class Severity(StrEnum):
    """What a breach does: `warn` reports, `quarantine` sets rows aside, `block` also stops what is downstream."""

    WARN = "warn"
    QUARANTINE = "quarantine"
    BLOCK = "block"


@dataclass(frozen=True)
class Rule:
    """One quality rule of a table.

    Args:
        rule_id: Its name, unique in the table; also the name of its asset check.
        kind: One of the kinds that `lake_assets.quality` knows, such as `not_null`.
        columns: The columns it judges, in order.
        parameters: What the kind needs besides: bounds, a set, a pattern.
        severity: What a breach does.
        owner: The team that answers for it.
        reason: Why it must hold.
    """

    rule_id: str
    kind: str
    columns: tuple[str, ...]
    parameters: dict[str, RuleValue] = field(default_factory=dict)
    severity: Severity = Severity.QUARANTINE
    owner: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """How a rule came out over the rows of one run.

    Args:
        rule_id: The rule.
        severity: Its severity when it was judged.
        judged: Number of rows judged.
        broken: Number of rows that break it.
        example: Where the first breach stands, such as `file 17, row 3`; empty when none.
    """

    rule_id: str
    severity: Severity
    judged: int
    broken: int
    example: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether no row breaks the rule."""
        return self.broken == 0

    @property
    def blocks(self) -> bool:
        """Whether it stops the tables downstream."""
        return self.severity is Severity.BLOCK and not self.is_kept
