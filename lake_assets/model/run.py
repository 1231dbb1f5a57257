"""A run, and what a step of it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from lake_assets.model.cleaning import Cleaned
from lake_assets.model.drift import Drift
from lake_assets.model.effort import Effort
from lake_assets.model.rule import Verdict
from lake_assets.model.zone import Zone

__all__ = ["Run", "StepReport"]


@dataclass(frozen=True)
class Run:
    """One run of the lake, as commits record it.

    Args:
        run_id: Unique; Dagster's run id when Dagster started it.
        started_at: UTC.
        code_version: The version of lake_assets.
        git_sha: The commit of the project the declarations are in; empty outside a repository.
    """

    run_id: str
    started_at: datetime
    code_version: str
    git_sha: str = ""


@dataclass(frozen=True)
class StepReport:
    """What one zone did for one table in one run.

    Args:
        zone: The zone.
        table: The table's or dataset's name.
        is_changed: Whether anything was written.
        version: Delta version after it; None for a zone of files.
        files: Number of files fetched, landed or read.
        size_bytes: Bytes fetched, landed or read.
        rows_in: Rows or records it was given.
        rows_out: Rows it wrote.
        rows_quarantined: Rows set aside.
        rows_merged: Rows that replaced one of the same key, or were superseded by one.
        duplicates: Number of files that repeat one already landed.
        cleaned: What the cleaning steps changed, by step and column.
        drifts: Elements that were not what the mapping knew, and what came of them.
        verdicts: How the rules came out.
        problems: What went wrong without stopping the step, each with its mend.
        seconds: Wall time.
        effort: What it cost the machine.
    """

    zone: Zone
    table: str
    is_changed: bool = False
    version: int | None = None
    files: int = 0
    size_bytes: int = 0
    rows_in: int = 0
    rows_out: int = 0
    rows_quarantined: int = 0
    rows_merged: int = 0
    duplicates: int = 0
    cleaned: tuple[Cleaned, ...] = ()
    drifts: tuple[Drift, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    effort: Effort = field(default=Effort(), compare=False)

    @property
    def is_blocked(self) -> bool:
        """Whether a blocking rule was broken."""
        return any(verdict.blocks for verdict in self.verdicts)
