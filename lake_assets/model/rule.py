"""A quality rule as data: what must hold, how grave a breach is, who owns it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

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
        function: What judges it, for a rule written in Python.
    """

    rule_id: str
    kind: str
    columns: tuple[str, ...]
    parameters: dict[str, RuleValue] = field(default_factory=dict)
    severity: Severity = Severity.QUARANTINE
    owner: str = ""
    reason: str = ""
    function: Callable[..., object] | None = field(default=None, compare=False, repr=False)

    @property
    def version(self) -> str:
        """Changes whenever what the rule asks or does changes, not with its owner or reason."""
        asked = (self.kind, self.columns, sorted(self.parameters.items()), self.severity)
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Verdict:
    """How a rule came out over the rows of one run.

    Args:
        rule_id: The rule.
        severity: Its severity when it was judged.
        judged: Number of rows judged.
        broken: Number of rows that break it.
        example: Where the first breach stands, such as `file 17, row 3`; empty when none.
        first_keys: The keys of the first rows that break it; never of personal columns.
        measured: The number that a rule about a whole table looks at; None for a rule about rows.
        version: Of the rule when it was judged.
    """

    rule_id: str
    severity: Severity
    judged: int
    broken: int
    example: str = ""
    first_keys: tuple[str, ...] = ()
    measured: float | None = None
    version: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether no row breaks the rule."""
        return self.broken == 0

    @property
    def blocks(self) -> bool:
        """Whether it stops the tables downstream."""
        return self.severity is Severity.BLOCK and not self.is_kept

    def to_record(self) -> dict[str, Any]:
        """As a commit notes it."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Verdict:
        """As a commit noted it, of this version of the product or of an earlier one."""
        known = {**record, "severity": Severity(record["severity"])}
        return cls(**{**known, "first_keys": tuple(record.get("first_keys", ()))})
