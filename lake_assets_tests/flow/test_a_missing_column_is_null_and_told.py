"""A file without a column that is no key goes through: null in its rows, and somebody is told."""

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.flow.bad_files import BIKES


def test_its_rows_have_null_there_and_a_problem_says_so(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("bikes/a.csv", "bike_id,seen\n5,2024-01-01T08:00:00Z\n")
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes")
    assert a_lake.rows("trusted.bikes", "bike_id", "price") == [(5, None)]
    (problem,) = formatted.problems
    assert problem.splitlines() == [
        "the file lacks price: null in its rows",
        "  at: dataset bikes, file a.csv",
        "  to mend: let the source send what is missing, or take it out of the mapping",
    ]


def test_many_files_that_lack_the_same_are_told_at_once(a_lake):
    a_lake.declare(BIKES)
    for number in range(3):
        a_lake.drop(f"bikes/{number}.csv", f"bike_id,seen\n{number},2024-01-01T08:00:00Z\n")
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes")
    (problem,) = formatted.problems
    assert problem.splitlines() == [
        "3 files lack price: null in their rows",
        "  at: dataset bikes, file 0.csv and others",
        "  to mend: let the source send what is missing, or take it out of the mapping",
    ]


def test_a_file_that_lacks_the_key_and_brings_something_new_is_refused(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("bikes/a.csv", "wheels,price\n2,5.0\n")
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes")
    assert (formatted.rows_out, formatted.rows_quarantined) == (0, 1)
    (new,) = (drift for drift in formatted.drifts if drift.element == "wheels")
    assert (new.column, new.outcome) == ("", "the file is refused")
