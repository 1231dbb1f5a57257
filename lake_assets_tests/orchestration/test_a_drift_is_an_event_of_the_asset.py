from __future__ import annotations

from pathlib import Path

import dagster as dg

from lake_assets_tests.orchestration.running import drop, run_all


def stable(result: dg.ExecuteInProcessResult) -> dg.AssetCheckEvaluation:
    [check] = [each for each in result.get_asset_check_evaluations() if each.check_name == "schema_is_stable"]
    return check


def drift(result: dg.ExecuteInProcessResult) -> list[dict[str, object]]:
    [event] = [
        each
        for each in result.get_asset_materialization_events()
        if each.asset_key == dg.AssetKey(["formatted", "hires"])
    ]
    told = event.materialization.metadata.get("drift")
    return [dict(record.data) for record in told.records] if isinstance(told, dg.TableMetadataValue) else []


def test_a_drift_fails_the_check_and_stands_in_the_metadata_until_files_are_as_expected(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    first = run_all(definitions, instance)
    assert stable(first).passed
    assert drift(first) == []

    path = project / "inbox" / "b.csv"
    path.write_text("hire_id,day,price,rider\n2,monday,3.5,Ada\n")
    second = run_all(definitions, instance)
    assert second.success
    assert not stable(second).passed
    assert stable(second).severity is dg.AssetCheckSeverity.WARN
    assert stable(second).metadata["elements_broken"].value == 1
    [found] = drift(second)
    assert (found["kind"], found["element"], found["file"]) == ("new", "rider", "b.csv")

    assert not stable(run_all(definitions, instance)).passed
    path = project / "inbox" / "c.csv"
    path.write_text("hire_id,day,price,rider\n3,monday,3.5,Bob\n")
    assert stable(run_all(definitions, instance)).passed
