"""What ingest does, told while it does it: one line for each step that found something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lake_assets.errors import LakeError
from lake_assets.wording import bytes_text, count_text, quantity

if TYPE_CHECKING:
    from rich.console import Console

    from lake_assets.lake import Watcher
    from lake_assets.model import StepReport, Zone

__all__ = ["shown_progress", "step_text"]

_NAME_WIDTH = 44


@contextmanager
def shown_progress(target: Console) -> Iterator[Watcher]:
    """Tell of every step while a block runs; in a terminal with a moving sign for the one under way.

    Args:
        target: Where to.

    Yields:
        What `Lake.ingest` is to tell.
    """
    with target.status("looking for what is new") as status:

        def watch(zone: Zone, name: str, outcome: StepReport | LakeError | None) -> None:
            if outcome is None:
                status.update(_label(zone, name))
            elif line := _line(zone, name, outcome):
                style = "red" if isinstance(outcome, LakeError) else None
                target.print(line, style=style, soft_wrap=True)

        yield watch


def _label(zone: Zone, name: str) -> str:
    return f"{zone.value.replace('_', ' ')} {name}"


def _line(zone: Zone, name: str, outcome: StepReport | LakeError) -> str:
    """One line, or an empty text for a step that found nothing to say."""
    if isinstance(outcome, LakeError):
        said = f"failed: {outcome.what.splitlines()[0] if outcome.what else type(outcome).__name__}"
    else:
        said = step_text(outcome)
    return f"{_label(zone, name):<{_NAME_WIDTH}}{said}" if said else ""


def step_text(report: StepReport) -> str:
    """What a step did, for people; empty when it did nothing and met no problem."""
    if not report.is_changed and not report.problems:
        return ""
    parts = [text for count, text in _counts(report) if count]
    return ", ".join([*parts, f"{report.seconds:.2f} s"])


def _counts(report: StepReport) -> list[tuple[int, str]]:
    return [
        (report.files, quantity(report.files, "file")),
        (report.size_bytes, bytes_text(report.size_bytes)),
        (report.duplicates, quantity(report.duplicates, "duplicate")),
        (report.rows_out, quantity(report.rows_out, "row")),
        (report.rows_merged, f"{count_text(report.rows_merged)} merged"),
        (report.rows_quarantined, f"{count_text(report.rows_quarantined)} quarantined"),
        (len(report.problems), quantity(len(report.problems), "problem")),
    ]
