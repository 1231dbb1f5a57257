"""Each materialisation tells Dagster which columns its columns depend on, and shows it as a picture."""

import base64
import json
import xml.etree.ElementTree as ET

import dagster as dg

from lake_assets.orchestration.catalog import tell_catalog
from lake_assets_tests.orchestration.running import drop, metadata_of, run_all

_LINEAGE = "dagster/column_lineage"


def _dep(zone, table, column):
    return dg.TableColumnDep(dg.AssetKey([zone, table]), column)


def test_the_catalogue_knows_the_lineage_of_columns(two_runs):
    result = two_runs.first
    made = metadata_of(result, "exploitation", "takings")[_LINEAGE]
    assert made.deps_by_column == {
        "day": [_dep("trusted", "hires", "day")],
        "taken": [_dep("trusted", "hires", "price")],
    }
    formatted = metadata_of(result, "formatted", "hires")[_LINEAGE].deps_by_column
    assert formatted["price"] == [_dep("persistent_landing", "hires", "price")]
    assert metadata_of(result, "trusted", "hires")[_LINEAGE].deps_by_column["price"] == [
        _dep("formatted", "hires", "price")
    ]


def test_a_picture_shows_inputs_on_the_left(two_runs):
    told = str(metadata_of(two_runs.first, "exploitation", "takings")["lineage"])
    prefix = "![lineage of exploitation.takings](data:image/svg+xml;base64,"
    assert told.startswith(prefix)
    drawn = ET.fromstring(base64.b64decode(told.removeprefix(prefix).removesuffix(")")))  # noqa: S314 - our own
    places = {each.text: float(each.get("x")) for each in drawn if each.tag.endswith("text")}
    assert places["price"] < places["taken"]
    assert places["trusted.hires"] < places["exploitation.takings"]


def test_a_lake_that_was_filled_in_the_terminal_is_told_of_too(project, lake, tmp_path):
    drop(project, "a.csv", "1,Monday,2.5")
    report = lake.ingest()
    with dg.instance_for_test(temp_dir=str(tmp_path)) as instance:
        tell_catalog(tmp_path, lake, report)
        event = instance.get_latest_materialization_event(dg.AssetKey(["exploitation", "takings"]))
    assert set(event.asset_materialization.metadata[_LINEAGE].value.deps_by_column) == {"day", "taken"}


def test_a_run_of_dagster_tells_openlineage_under_its_own_id(project, definitions, instance, monkeypatch):
    monkeypatch.setenv("LAKE_OPENLINEAGE", str(project / "events.ndjson"))
    drop(project, "a.csv", "1,Monday,2.5")
    result = run_all(definitions, instance)
    told = [json.loads(line) for line in (project / "events.ndjson").read_text().splitlines()]
    assert {each["run"]["facets"]["parent"]["run"]["runId"] for each in told} == {result.run_id}
    ended = next(each for each in told if each["job"]["name"] == "exploitation.takings" and each["outputs"])
    assert set(ended["outputs"][0]["facets"]["columnLineage"]["fields"]) == {"day", "taken"}
