from pathlib import Path

import dagster as dg

from lake_assets_tests.orchestration.running import run_all


def test_a_missing_inbox_fails_its_step_with_the_three_parts(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    (project / "inbox").rmdir()
    result = run_all(definitions, instance)
    failed = result.failure_data_for_node("dataset__hires")
    assert failed is not None
    told = str(failed.user_failure_data and failed.user_failure_data.description)
    assert "inbox" in told
    assert "at: " in told
    assert "to mend: " in told
