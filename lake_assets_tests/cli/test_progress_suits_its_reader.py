"""A person at a terminal sees what is under way; a log gets one plain line for each step."""

from io import StringIO

import pytest
from rich.console import Console

from lake_assets.cli.progress import shown_progress, step_text
from lake_assets.errors import ConnectorError
from lake_assets.model import StepReport, Zone

_IDLE = StepReport(Zone.TRUSTED, "hires")
_BUSY = StepReport(
    Zone.TRUSTED,
    "hires",
    is_changed=True,
    files=2,
    size_bytes=1_500,
    rows_out=1_000,
    rows_merged=3,
    rows_quarantined=4,
    duplicates=1,
    problems=("one file is empty",),
    seconds=0.5,
)


def _told(*outcomes, **terminal):
    written = StringIO()
    with shown_progress(Console(file=written, width=200, **terminal)) as watch:
        for outcome in outcomes:
            watch(Zone.TRUSTED, "hires", None)
            watch(Zone.TRUSTED, "hires", outcome)
    return written.getvalue()


def test_a_log_gets_no_control_characters():
    assert _told(_BUSY, _IDLE).replace("\n", "").isprintable()


def test_a_terminal_shows_the_step_under_way():
    assert "\x1b" in _told(_BUSY, force_terminal=True)


def test_a_step_that_did_nothing_is_not_told():
    assert _told(_IDLE) == ""


def test_every_count_that_is_not_zero_is_told():
    assert step_text(_BUSY) == (
        "2 files, 1.5 kB, 1 duplicate, 1,000 rows, 3 merged, 4 quarantined, 1 problem, 0.50 s"
    )


@pytest.mark.parametrize(("what", "said"), [("no route\nat all", "no route"), ("", "ConnectorError")])
def test_a_failure_is_told_in_one_line(what, said):
    line = _told(ConnectorError(what))
    assert line.split(maxsplit=2) == ["trusted", "hires", f"failed: {said}\n"]
