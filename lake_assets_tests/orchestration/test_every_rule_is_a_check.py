from pathlib import Path

import dagster as dg

from lake_assets_tests.orchestration.running import drop, run_all


def outcomes(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    return {each.check_name: each.passed for each in result.get_asset_check_evaluations()}


def materialised(result: dg.ExecuteInProcessResult) -> set[str]:
    return {
        str(each.asset_key and each.asset_key.path[0]) for each in result.get_asset_materialization_events()
    }


def test_a_rule_that_sets_rows_aside_fails_its_check_and_stops_nothing(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5", "2,monday,-4")
    result = run_all(definitions, instance)
    assert result.success
    assert outcomes(result)["price_in_range"] is False
    assert outcomes(result)["day_not_null"] is True
    assert "exploitation" in materialised(result)


def test_a_blocking_rule_stops_what_is_downstream(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,,2.5")
    result = run_all(definitions, instance)
    assert not result.success
    assert outcomes(result)["day_not_null"] is False
    assert "trusted" in materialised(result)
    assert "exploitation" not in materialised(result)


def test_a_blocking_rule_stands_until_better_data_come(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,,2.5")
    run_all(definitions, instance)
    assert not run_all(definitions, instance).success
    drop(project, "b.csv", "1,monday,2.5")
    assert run_all(definitions, instance).success


def test_the_check_tells_how_many_rows_break_the_rule(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5", "2,monday,-4")
    found = {each.check_name: each for each in run_all(definitions, instance).get_asset_check_evaluations()}
    told = {name: each.value for name, each in found["price_in_range"].metadata.items()}
    assert (told["rows_judged"], told["rows_broken"], told["share_broken"]) == (2, 1, 0.5)
    assert str(told["first"]).endswith("row 2")
