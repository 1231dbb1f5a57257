"""The asset `governance/profiles` comes after the tables of a run, and tells each table's asset of its profile."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake
from lake_assets.orchestration.keys import PROFILES_KEY
from lake_assets.orchestration.profile_asset import tell_profiles
from lake_assets_tests.orchestration.running import TwoRuns, drop, metadata_of


def _observations(records: Sequence[dg.EventLogRecord]) -> list[dg.AssetObservation]:
    return [each.asset_observation for each in records if each.asset_observation]


def test_it_comes_last_and_tells_the_tables_that_changed(two_runs: TwoRuns) -> None:
    result = two_runs.first
    made = [event.asset_key for event in result.get_asset_materialization_events()]
    data = [key for key in made if key is not None and key.path[0] != "governance"]
    assert made[len(data)] == PROFILES_KEY
    told = metadata_of(result, *PROFILES_KEY.path)
    assert told["tables"] == 2
    assert str(told["exploitation.takings"]).startswith(
        "![profile of exploitation.takings](data:image/svg+xml;"
    )
    (observed,) = _observations(two_runs.observed[dg.AssetKey(["trusted", "hires"])])
    picture = str(observed.metadata["profile"].value)
    prefix = "![profile of trusted.hires](data:image/svg+xml;base64,"
    assert picture.startswith(prefix)
    assert base64.b64decode(picture.removeprefix(prefix).removesuffix(")")).startswith(b"<svg ")
    assert observed.metadata["profiled_version"].value == 0
    assert len(_observations(two_runs.observed[dg.AssetKey(["exploitation", "takings"])])) == 1


def test_the_overview_of_a_table_links_to_the_profiles(definitions: dg.Definitions) -> None:
    linked = {
        spec.key.path[0] for spec in definitions.resolve_all_asset_specs() if "profiles" in spec.metadata
    }
    assert linked == {"trusted", "exploitation"}


def test_a_table_that_did_not_change_is_not_told_again(two_runs: TwoRuns) -> None:
    assert metadata_of(two_runs.second, *PROFILES_KEY.path)["tables"] == 0
    assert len(_observations(two_runs.observed[dg.AssetKey(["trusted", "hires"])])) == 1


def test_a_run_looks_at_its_own_tables_only(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,Monday,2.5")
    chain = [
        dg.AssetKey([zone, "hires"])
        for zone in ("temporary_landing", "persistent_landing", "formatted", "trusted")
    ]
    job = definitions.resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(instance=instance, asset_selection=[*chain, PROFILES_KEY])
    assert metadata_of(result, *PROFILES_KEY.path)["tables"] == 1


def test_the_catalogue_is_told_of_profiles_that_the_terminal_made(
    project: Path, lake: Lake, tmp_path: Path
) -> None:
    drop(project, "a.csv", "1,Monday,2.5")
    lake.ingest()
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    assert (tell_profiles(home, lake), tell_profiles(home, lake)) == (2, 0)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        records = instance.fetch_observations(dg.AssetKey(["trusted", "hires"]), limit=10).records
        assert len(_observations(records)) == 1
        told = instance.get_latest_materialization_event(PROFILES_KEY)
    metadata = told.asset_materialization.metadata
    assert metadata["tables"].value == 2
    assert metadata["trusted.hires"].value.startswith("![profile of trusted.hires](data:image")
