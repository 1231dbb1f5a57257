"""What a zone's commit says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from time import perf_counter

from lake_assets.model import Effort, Run, StepCost, StepReport, Verdict
from lake_assets.storage.table import Table
from lake_assets.zones.meter import Meter

__all__ = ["CHANGES_OLDER", "KEY", "WRITE_MODE", "Clock", "measured_in", "note_of", "standing_in"]

WRITE_MODE = "write_mode"
"""What a commit calls the mode in which it wrote its rows."""

KEY = "key"
"""What a commit calls the columns that identify its rows."""


CHANGES_OLDER = "changes_older"
"""What a commit calls whether rows of files taken in before are other than they were, or gone."""


class Clock:
    """Measures a step."""

    def __init__(self) -> None:
        """Start."""
        self._started, self._meter = perf_counter(), Meter.read()

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return round(perf_counter() - self._started, 6)

    @property
    def effort(self) -> Effort:
        """What it cost the machine since the start."""
        return self._meter.until(Meter.read())

    def cost(self, run: Run) -> StepCost:
        """Both, for a step that ends now."""
        return StepCost(run.run_id, datetime.now(UTC), self.seconds, self.effort)


def note_of(run: Run, report: StepReport, inputs: dict[str, int]) -> dict[str, object]:
    """The note of a commit.

    Args:
        run: The run that commits.
        report: What the step did.
        inputs: How far each input is consumed, by table.
    """
    counts = ("files", "rows_in", "rows_out", "rows_quarantined", "rows_merged", "seconds")
    return {
        "run_id": run.run_id,
        "code_version": run.code_version,
        "git_sha": run.git_sha,
        "at": datetime.now(UTC).isoformat(),
        "inputs": inputs,
        "verdicts": [verdict.to_record() for verdict in report.verdicts],
        "effort": asdict(report.effort),
        **{name: getattr(report, name) for name in counts},
    }


def standing_in(table: Table | None) -> tuple[Verdict, ...]:
    """How the rules came out when a table changed last; empty when it is not there."""
    note = table.last_note() if table else None
    return tuple(map(Verdict.from_record, note.content.get("verdicts", []) if note else ()))


def measured_in(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """What rules about a table measured, by their ids."""
    return {each.rule_id: each.measured for each in verdicts if each.measured is not None}
