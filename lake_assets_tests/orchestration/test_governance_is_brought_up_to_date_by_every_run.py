"""The asset `governance/artefacts` ends a run: governance is up to date, and the tables that changed are told."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from lake_assets.catalog import ARTEFACTS, TOLD_LAST
from lake_assets.lake import Lake
from lake_assets.orchestration.artefact_assets import artefact_specs, tell_artefacts
from lake_assets.orchestration.keys import ARTEFACTS_KEY, HEALTH_KEY, PROFILES_KEY
from lake_assets_tests.orchestration.running import TwoRuns, drop, metadata_of, run_all


def _told(result: dg.ExecuteInProcessResult) -> list[str]:
    keys = [each.asset_key for each in result.get_asset_materialization_events()]
    governed = [key for key in keys if key and key.path[0] == "governance"]
    return [key.path[1] for key in governed if key not in {ARTEFACTS_KEY, HEALTH_KEY, PROFILES_KEY}]


def test_the_tables_that_changed_are_told_and_no_others(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,Monday,2.5")
    run_all(definitions, instance)
    drop(project, "b.csv", "2,Tuesday,2.5")
    logs = {"processed_files", "data_sources", "runs"}
    logs |= {"processed_elements", "processed_instances", "exposed_instances"}
    assert set(_told(run_all(definitions, instance))) == logs


def test_a_run_tells_what_it_made_and_one_without_news_nothing(two_runs: TwoRuns) -> None:
    first = two_runs.first
    assert {"quality_rules", "targets", "processed_files", "exposed_instances", "models"} <= set(_told(first))
    assert metadata_of(first, "governance", "quality_rules")["dagster/row_count"] == 2
    logged = two_runs.lake.scan("governance.processed_instances").collect()
    assert set(logged["run_id"]) == {first.run_id}
    assert not _told(two_runs.second)


def test_every_artefact_says_what_it_holds_before_it_is_there() -> None:
    specs = {spec.key.path[-1]: spec for spec in artefact_specs()}
    told = {each.name for each in ARTEFACTS if each.ref not in TOLD_LAST}
    assert specs.keys() == told - {"profiles"}
    for name in specs.keys() - {"mappings"}:
        assert specs[name].description
        assert specs[name].metadata["dagster/column_schema"].columns
    assert all(spec.group_name == "governance" for spec in specs.values())


def test_the_catalogue_is_told_of_what_the_terminal_recorded(
    project: Path, lake: Lake, tmp_path: Path
) -> None:
    drop(project, "a.csv", "1,Monday,2.5")
    lake.ingest()
    lake.record()
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    assert tell_artefacts(home, lake) > 10
    assert tell_artefacts(home, lake) == 0
