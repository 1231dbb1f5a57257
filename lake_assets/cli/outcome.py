"""What became of an ingest: its exit status, what went wrong, and the whole as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lake_assets.lake import Failure, IngestReport

__all__ = ["BLOCKED", "FAILED", "as_document", "complaints", "exit_status", "has_failed"]

FAILED = 1
BLOCKED = 3


def exit_status(report: IngestReport) -> int:
    """0 when all is well, 3 when a blocking rule stands broken, else 1 when something failed.

    A file that could not be fetched is a failure; a file or row that was set aside in quarantine is not.
    """
    if report.is_blocked:
        return BLOCKED
    return FAILED if has_failed(report) else 0


def has_failed(report: IngestReport) -> bool:
    """Whether a step could not be done, or a file could not be fetched."""
    return bool(report.failures) or any(
        step.problems for step in report.reports if step.zone == "temporary_landing"
    )


def complaints(report: IngestReport) -> list[str]:
    """What went wrong, for people: each problem, then each failure, with what, at and to mend."""
    problems = [
        _about(step.zone, step.table, problem) for step in report.reports for problem in step.problems
    ]
    return [*problems, *(_about(each.zone, each.table, str(each.error)) for each in report.failures)]


def _about(zone: str, table: str, text: str) -> str:
    return f"{zone.replace('_', ' ')} {table}: {text}"


def as_document(root: str, report: IngestReport) -> dict[str, object]:
    """The report as JSON holds it; see the help of `lake ingest`."""
    return {
        "root": root,
        "is_changed": report.is_changed,
        "is_blocked": report.is_blocked,
        "steps": [{**asdict(step), "is_blocked": step.is_blocked} for step in report.reports],
        "failures": [_failure(each) for each in report.failures],
    }


def _failure(failure: Failure) -> dict[str, str]:
    error = failure.error
    return {
        "zone": failure.zone.value,
        "table": failure.table,
        "kind": type(error).__name__,
        "what": error.what,
        "place": error.place,
        "mend": error.mend,
    }
