"""Every event of a real run is valid by the JSON schemas that OpenLineage publishes, with each facet it holds."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from lake_assets.lake import Lake
from lake_assets.lineage import EVENTS_FILE
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.lineage.openlineage_schemas import FORMATS, facets_of, faults, kept, named_by, schema

DATASET = """
bikes:
  from: '*.csv'
  key: [id]
  owner: team:bikes
  description: Hires of bikes.
  columns: {id: int, price: float, at: datetime, who: {type: text, personal: true}}
  clean: [{mask: [who]}]
  rules: [{in_range: {price: [0, 10]}}, {unique: [id]}]
"""
FACETS = {
    "columnLineage",
    "dataQualityAssertions",
    "dataQualityMetrics",
    "documentation",
    "errorMessage",
    "jobType",
    "outputStatistics",
    "ownership",
    "parent",
    "processing_engine",
    "schema",
    "sql",
    "storage",
    "symlinks",
    "version",
}


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    """What a run tells in which tables are made, rules are broken and a step fails; then one with nothing new."""
    lake = ALake(tmp_path_factory.mktemp("told"))
    lake.declare(DATASET)
    lake.declare_table("doubled", "SELECT id, price * 2 AS twice FROM trusted.bikes WHERE price > 1")
    lake.declare_table("wrong", "SELECT nothing FROM trusted.bikes")
    lake.drop("a.csv", "id,price,at,who\n1,2.5,2024-05-01T10:00:00,Margaret\n2,50,,Katherine\n")
    for _ in range(2):
        Lake(replace(lake.lake.settings, openlineage="file")).ingest()
    told = (lake.folder / "lake" / EVENTS_FILE).read_text()
    return [json.loads(line) for line in told.splitlines()]


def test_each_event_and_each_facet_is_valid(events):
    assert {each["eventType"] for each in events} == {"START", "COMPLETE", "FAIL"}
    assert [fault for event in events for fault in faults(event)] == []


def test_every_facet_that_a_lake_tells_is_among_them(events):
    assert {name for event in events for name, _ in facets_of(event)} == FACETS


def test_the_schemas_that_are_kept_are_those_that_are_named(events):
    assert {url for event in events for url in named_by(event)} == kept()


def test_the_schemas_are_schemas_and_their_formats_are_looked_at():
    assert set(FORMATS) <= set(FormatChecker.checkers)
    for url in kept():
        Draft202012Validator.check_schema(schema(url))
        assert schema(url)["$id"] == url


WRONG = {
    "a run without an id": lambda event: event["run"].pop("runId"),
    "an id that is none": lambda event: event["run"].update(runId="the first"),
    "a time that is none": lambda event: event.update(eventTime="yesterday"),
    "a producer that is no address": lambda event: event.update(producer="lake assets"),
    "a state that nobody knows": lambda event: event.update(eventType="ENDED"),
    "a job without a name": lambda event: event["job"].pop("name"),
    "a facet without its producer": lambda event: event["run"]["facets"]["parent"].pop("_producer"),
    "a count that is a word": lambda event: _out(event)["dataQualityMetrics"].update(rowCount="many"),
    "lineage without its fields": lambda event: _out(event)["columnLineage"].pop("fields"),
    "a column without a name": lambda event: _out(event)["schema"]["fields"][0].pop("name"),
    "a facet under another name": lambda event: _out(event).update(owner=_out(event)["version"]),
}


def _out(event):
    return event["outputs"][0]["facets"]


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_seen(events, what):
    (event,) = [
        each
        for each in events
        if (each["eventType"], each["job"]["name"]) == ("COMPLETE", "exploitation.doubled")
        and "outputStatistics" in each["outputs"][0]["outputFacets"]
    ][:1]
    spoilt = deepcopy(event)
    WRONG[what](spoilt)
    assert faults(event) == []
    assert faults(spoilt) != []
