"""A file that is not what it should be goes to quarantine, whole or in part; nothing of it is lost."""

import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.flow.bad_files import BIKES, GOOD, PARTS, WHOLE, BadFile


def _name(case):
    return case.name if isinstance(case, BadFile) else None


@pytest.fixture
def bikes(a_lake):
    a_lake.declare(BIKES)
    return a_lake


@pytest.mark.parametrize("case", WHOLE + PARTS, ids=_name)
def test_records_in_are_rows_out_and_quarantined(bikes, case):
    bikes.drop(f"bikes/{case.name}", case.content)
    formatted = step(bikes.ingest_whole(), Zone.FORMATTED, "bikes")
    assert (formatted.rows_out, formatted.rows_quarantined) == (case.rows, case.refused)
    assert formatted.rows_in == case.rows + case.refused
    assert bikes.count("formatted.bikes") == case.rows
    assert bikes.count("quarantine.bikes") == case.refused


@pytest.mark.parametrize("case", WHOLE, ids=_name)
def test_a_file_refused_whole_is_told_with_place_and_mend(bikes, case):
    bikes.drop(f"bikes/{case.name}", case.content)
    (problem,) = step(bikes.ingest_whole(), Zone.FORMATTED, "bikes").problems
    what, at, mend = problem.splitlines()
    assert case.reason in what
    assert at == f"  at: dataset bikes, file {case.name}"
    assert mend.startswith("  to mend: ")
    assert bikes.rows("quarantine.bikes", "_row", "rules", "reason") == [(0, ["parses"], problem)]


@pytest.mark.parametrize("case", [case for case in PARTS if case.refused], ids=_name)
def test_a_bad_record_is_kept_with_its_number_its_text_and_the_reason(bikes, case):
    bikes.drop(f"bikes/{case.name}", case.content)
    bikes.ingest_whole()
    lines = case.content.decode().splitlines()
    for row, record, reason in bikes.rows("quarantine.bikes", "_row", "record", "reason"):
        assert record.splitlines()[0] == lines[row]
        assert case.reason in reason


def test_the_good_files_of_the_same_run_go_through(bikes):
    for case in [*WHOLE, *PARTS]:
        bikes.drop(f"bikes/{case.name}", case.content)
    bikes.drop("bikes/good.csv", GOOD)
    formatted = step(bikes.ingest_whole(), Zone.FORMATTED, "bikes")
    rows = 2 + sum(case.rows for case in PARTS)
    refused = sum(case.refused for case in [*WHOLE, *PARTS])
    assert (formatted.files, formatted.rows_out, formatted.rows_quarantined) == (10, rows, refused)


def test_a_bad_file_is_not_judged_again(bikes):
    bikes.drop("bikes/empty.csv", b"")
    bikes.ingest_whole()
    bikes.drop("bikes/good.csv", GOOD)
    assert step(bikes.ingest_whole(), Zone.FORMATTED, "bikes").files == 1
    assert bikes.count("quarantine.bikes") == 1
