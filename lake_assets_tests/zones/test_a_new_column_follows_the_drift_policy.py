"""An element that the mapping does not know: a column of its own, a place in `_rescued`, or a refusal."""

import json

import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

OLD, NEW = "id,price\n1,2.5\n", "id,price,colour\n2,3.5,red\n"


def _ingest(a_lake, *files, **declared):
    options = ", ".join(f"{name}: {value}" for name, value in declared.items())
    a_lake.declare(f"bikes: {{from: '*.csv', key: [id], {options}}}")
    for number, content in enumerate(files):
        a_lake.drop(f"{number}.csv", content)


@pytest.fixture(params=["in one run", "in two runs"])
def drifted(request, a_lake):
    """A lake to which a file comes, and then one with another element."""

    def ingest(**declared):
        _ingest(a_lake, OLD, **declared)
        if request.param == "in two runs":
            a_lake.ingest_whole()
        a_lake.drop("new.csv", NEW)
        report = a_lake.ingest_whole()
        return a_lake, step(report, Zone.FORMATTED, "bikes")

    return ingest


def test_evolve_adds_the_column(drifted):
    a_lake, _ = drifted(drift="evolve")
    assert a_lake.rows("trusted.bikes", "id", "price", "colour") == [(1, 2.5, None), (2, 3.5, "red")]


def test_rescue_keeps_it_beside_the_row(drifted):
    a_lake, _ = drifted(drift="rescue")
    rows = a_lake.rows("trusted.bikes", "id", "price", "_rescued")
    assert rows[0] == (1, 2.5, None)
    assert rows[1][:2] == (2, 3.5)
    assert json.loads(rows[1][2]) == {"colour": "red"}


def test_freeze_refuses_the_file_and_says_why(drifted):
    a_lake, formatted = drifted(drift="freeze")
    assert a_lake.rows("trusted.bikes", "id") == [(1,)]
    assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]
    (problem,) = formatted.problems
    assert problem.splitlines() == [
        "the frozen mapping has no column for colour",
        "  at: dataset bikes, file new.csv",
        "  to mend: add it to the mapping, or set drift to evolve or rescue",
    ]


def test_freeze_takes_declared_columns_only(a_lake):
    _ingest(a_lake, NEW, drift="freeze", columns="{id: int, price: float}")
    a_lake.ingest_whole()
    assert a_lake.count("trusted.bikes") == 0
    assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]


def test_rescue_beside_declared_columns(a_lake):
    _ingest(a_lake, NEW, drift="rescue", columns="{id: int, price: float}")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "_rescued") == [(2, '{"colour":"red"}')]


def test_a_column_that_goes_is_null_and_comes_back(a_lake):
    _ingest(a_lake, NEW, OLD, NEW.replace("2,", "3,"))
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "colour") == [(2, "red"), (1, None), (3, "red")]
