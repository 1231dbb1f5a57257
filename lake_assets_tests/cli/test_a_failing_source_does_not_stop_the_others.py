"""A source that fails is told with what, at and to mend; the others go on."""

import pytest


@pytest.fixture
def lake_with_a_broken_source(small_lake):
    small_lake.declare_failing()
    return small_lake


def test_the_others_are_ingested(lake_with_a_broken_source):
    lake_with_a_broken_source.run("ingest")
    assert lake_with_a_broken_source.versions()["trusted.bike_hires"] == 0


def test_the_error_is_told_in_full(lake_with_a_broken_source):
    said = lake_with_a_broken_source.run("ingest").stderr
    assert "temporary landing unreachable" in said
    assert "failed: " in said
    assert "nowhere" in said
    assert "\n  at: source broken, dataset unreachable" in said
    assert "\n  to mend: " in said


def test_nothing_is_said_to_be_unchanged(lake_with_a_broken_source):
    lake_with_a_broken_source.run("ingest")
    assert "nothing new" not in lake_with_a_broken_source.run("ingest").stdout


def test_its_tables_are_listed_as_missing(lake_with_a_broken_source):
    lines = lake_with_a_broken_source.run("ingest").stdout.splitlines()
    assert ["formatted.unreachable", "-", "0", "-", "-"] in [line.split() for line in lines]
