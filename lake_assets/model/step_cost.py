"""What a step cost that makes no table of its own, told by the commit that takes note of what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lake_assets.model.effort import Effort

__all__ = ["StepCost"]


@dataclass(frozen=True)
class StepCost:
    """What a step cost.

    Args:
        run_id: The run that did it.
        at: When it ended, UTC.
        seconds: Wall time.
        effort: What it cost the machine.
    """

    run_id: str
    at: datetime
    seconds: float
    effort: Effort

    def to_record(self) -> dict[str, object]:
        """As JSON holds it."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> StepCost:
        """From what `to_record` gave.

        >>> from datetime import UTC
        >>> cost = StepCost("run", datetime(2024, 5, 1, tzinfo=UTC), 1.5, Effort(cpu_s=0.5))
        >>> StepCost.from_record(cost.to_record()) == cost
        True
        """
        at, effort = datetime.fromisoformat(record["at"]), Effort(**record["effort"])
        return cls(record["run_id"], at, record["seconds"], effort)
