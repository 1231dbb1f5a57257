"""What is declared `fresh_within` is a freshness policy of the trusted and exploitation assets, and of no other."""

from datetime import timedelta
from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions


def test_on_the_tables_that_it_is_declared_for(project: Path, lake: Lake) -> None:
    for path in (project / "defs").rglob("*.yaml"):
        path.write_text(
            path.read_text().replace("      key: [hire_id]", "      key: [hire_id]\n      fresh_within: 2h")
        )
    declared = declared_definitions(Lake(lake.settings).declarations)
    specs = dg.Definitions.merge(declared, shared_definitions()).resolve_all_asset_specs()
    policies = {spec.key: spec.freshness_policy for spec in specs if spec.freshness_policy}
    assert policies == {
        dg.AssetKey(["trusted", "hires"]): dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=2))
    }
