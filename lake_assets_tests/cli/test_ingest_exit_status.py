"""A script can tell from the exit status of `lake ingest` what became of it."""

import pytest

from lake_assets.cli.outcome import exit_status
from lake_assets.errors import BlockedError, ConnectorError
from lake_assets.lake import Failure, IngestReport
from lake_assets.model import StepReport, Zone

_FAILED = Failure(Zone.TRUSTED, "t", ConnectorError("no"))
_BLOCKED = Failure(Zone.EXPLOITATION, "t", BlockedError("no"))
_LACKING = StepReport(Zone.TEMPORARY_LANDING, "t", problems=("one file could not be fetched",))
_REFUSED = StepReport(Zone.FORMATTED, "t", problems=("one file is not CSV, and in quarantine",))


def test_0_when_all_is_well_though_rows_are_quarantined(small_lake):
    done = small_lake.run("ingest")
    assert (done.exit_code, "1 quarantined" in done.stderr) == (0, True)


def test_1_when_a_source_fails(small_lake):
    small_lake.declare_failing()
    done = small_lake.start("ingest")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_3_when_a_blocking_rule_stands_broken(small_lake):
    small_lake.declare(severity="block")
    assert small_lake.run("ingest").exit_code == 3
    assert small_lake.run("ingest").exit_code == 3  # and stays so until it is mended


@pytest.mark.parametrize(
    ("report", "status"),
    [
        (IngestReport(), 0),
        (IngestReport([_REFUSED]), 0),
        (IngestReport([_LACKING]), 1),
        (IngestReport(failures=[_FAILED]), 1),
        (IngestReport(failures=[_BLOCKED]), 3),
        (IngestReport(failures=[_FAILED, _BLOCKED]), 3),
    ],
)
def test_a_broken_blocking_rule_weighs_most(report, status):
    assert exit_status(report) == status
