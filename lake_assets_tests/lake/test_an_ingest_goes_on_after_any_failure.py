"""Whatever a step raises becomes a failure of that step; the watcher hears of each, and the others are done."""

import pytest

from lake_assets.errors import LakeError, QueryError
from lake_assets.lake import Lake
from lake_assets.model import StepReport, Zone

FUNCTION = """\
from lake_assets.declarations import exploitation_table


@exploitation_table(description="it fails")
def failing(bikes):
    raise RuntimeError("no such luck")
"""


@pytest.fixture
def bikes(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    a_lake.drop("a.csv", "id,price\n1,5\n")
    return a_lake


def test_a_query_that_does_not_fit(bikes):
    bikes.declare_table("a_wrong", "/*\ndescription: wrong\n*/\nSELECT colour FROM trusted.bikes")
    bikes.declare_table("right", "/*\ndescription: right\n*/\nSELECT id FROM trusted.bikes")
    (failure,) = bikes.ingest().failures
    assert isinstance(failure.error, QueryError)
    assert (failure.zone, failure.table) == (Zone.EXPLOITATION, "a_wrong")
    assert "colour" in failure.error.what
    assert bikes.rows("exploitation.right") == [(1,)]


def test_a_function_that_raises(bikes):
    bikes.write("defs/exploitation/failing.py", FUNCTION)
    bikes.declare_table("right", "/*\ndescription: right\n*/\nSELECT id FROM trusted.bikes")
    (failure,) = bikes.ingest().failures
    assert (failure.zone, failure.table) == (Zone.EXPLOITATION, "failing")
    assert "no such luck" in failure.error.what
    assert failure.error.place
    assert failure.error.mend
    assert bikes.rows("exploitation.right") == [(1,)]


def test_a_value_that_cannot_be_worked_with(bikes):
    bikes.declare_table(
        "a_wrong", "/*\ndescription: wrong\n*/\nSELECT CAST(note AS BIGINT) AS n FROM trusted.bikes"
    )
    bikes.declare_table("right", "/*\ndescription: right\n*/\nSELECT id FROM trusted.bikes")
    bikes.drop("b.csv", "id,price,note\n2,5,x\n")
    (failure,) = bikes.ingest().failures
    assert isinstance(failure.error, LakeError)
    assert failure.error.place
    assert failure.error.mend
    assert sorted(bikes.rows("exploitation.right")) == [(1,), (2,)]


def test_the_watcher_hears_of_every_beginning_and_end(bikes):
    bikes.declare_table("wrong", "/*\ndescription: wrong\n*/\nSELECT colour FROM trusted.bikes")
    heard = []
    bikes.lake.ingest(watch=lambda zone, table, outcome: heard.append((zone, table, type(outcome))))
    steps = list(dict.fromkeys((zone, table) for zone, table, _ in heard))
    assert steps == [
        (Zone.TEMPORARY_LANDING, "bikes"),
        (Zone.PERSISTENT_LANDING, "bikes"),
        (Zone.FORMATTED, "bikes"),
        (Zone.TRUSTED, "bikes"),
        (Zone.EXPLOITATION, "wrong"),
    ]
    assert [kind for _, _, kind in heard] == [type(None), StepReport] * 4 + [type(None), QueryError]


def test_sources_can_be_chosen(bikes):
    bikes.declare("hires: {from: '*.csv', key: [id]}", source="other")
    report = bikes.lake.ingest(["other"])
    assert {each.table for each in report.reports} == {"hires"}
    assert bikes.find("trusted.bikes") is None


def test_a_wrong_source_names_the_near_ones(bikes):
    with pytest.raises(LakeError, match="did you mean inbox"):
        bikes.lake.ingest(["inbx"])


def test_public_names_are_there():
    import lake_assets.lake as room

    assert all(hasattr(room, name) for name in room.__all__)
    assert room.Lake is Lake
