"""What a few assets cost that were materialised alone is on record at once, landing zones included."""

from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake, operations_of
from lake_assets.orchestration.keys import HEALTH_KEY
from lake_assets_tests.orchestration.running import drop

LANDING = (dg.AssetKey(["temporary_landing", "hires"]), dg.AssetKey(["persistent_landing", "hires"]))
LANDED = {"temporary_landing.hires", "persistent_landing.hires"}


@pytest.mark.parametrize("beside", [(), (HEALTH_KEY,)], ids=["alone", "with health"])
def test_landing_is(
    project: Path, lake: Lake, definitions: dg.Definitions, instance: dg.DagsterInstance, beside
) -> None:
    drop(project, "a.csv", "1,Monday,2.5")
    job = definitions.resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(instance=instance, asset_selection=[*LANDING, *beside])
    recorded = operations_of(lake.root)
    assert set(recorded["table"]) == LANDED
    assert set(recorded["run_id"]) == {result.run_id}
    later = job.execute_in_process(instance=instance, asset_selection=[dg.AssetKey(["formatted", "hires"])])
    of_later = operations_of(lake.root, run_id=later.run_id)
    assert of_later["table"].to_list() == ["formatted.hires"]
    assert operations_of(lake.root).height == len(LANDED) + 1
