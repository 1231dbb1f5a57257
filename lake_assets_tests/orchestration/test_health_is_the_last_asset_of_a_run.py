"""The asset `governance/health` comes last, records what the run cost and shows every table."""

from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake, operations_of
from lake_assets.orchestration.health_asset import tell_health
from lake_assets.orchestration.keys import HEALTH_KEY
from lake_assets_tests.orchestration.running import TwoRuns, drop, metadata_of


def test_it_comes_last_shows_the_tables_and_records_the_run(two_runs: TwoRuns) -> None:
    result = two_runs.first
    assert result.get_asset_materialization_events()[-1].asset_key == HEALTH_KEY
    told = metadata_of(result, *HEALTH_KEY.path)
    assert "| **trusted.hires** | 3 |" in str(told["health"])
    assert (told["tables"], told["rules_broken"], told["rows_quarantined"]) == (3, 1, 1)
    recorded = operations_of(two_runs.lake.root)
    landing = {"temporary_landing.hires", "persistent_landing.hires"}
    assert set(recorded["table"]) == {"formatted.hires", "trusted.hires", "exploitation.takings"} | landing
    assert set(recorded["run_id"]) == {result.run_id}
    made = metadata_of(result, "trusted", "hires")
    assert float(str(made["cpu_seconds"])) > 0
    assert int(str(made["peak_memory_bytes"])) > 10_000_000


def test_it_is_told_of_what_the_terminal_did(project: Path, lake: Lake) -> None:
    (project / "dagster.yaml").write_text(f"storage: {{sqlite: {{base_dir: '{project}/history'}}}}\n")
    drop(project, "a.csv", "1,Monday,2.5")
    lake.ingest()
    tell_health(project, lake)
    with dg.DagsterInstance.from_config(str(project)) as instance:
        event = instance.get_latest_materialization_event(HEALTH_KEY)
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["tables"].value == 3
