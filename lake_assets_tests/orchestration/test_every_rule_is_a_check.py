from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets_tests.orchestration.running import TwoRuns, drop, loaded, run_all


def outcomes(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    return {each.check_name: each.passed for each in result.get_asset_check_evaluations()}


def materialised(result: dg.ExecuteInProcessResult) -> set[str]:
    return {
        str(each.asset_key and each.asset_key.path[0]) for each in result.get_asset_materialization_events()
    }


@pytest.fixture(scope="module")
def blocked(module_project: Path, module_instance: dg.DagsterInstance) -> list[dg.ExecuteInProcessResult]:
    """A run over a hire on no day, one over nothing new, and one over the same hire on a day."""
    definitions = loaded(Lake.open())
    drop(module_project, "a.csv", "1,,2.5")
    results = [run_all(definitions, module_instance) for _ in range(2)]
    drop(module_project, "b.csv", "1,monday,2.5")
    return [*results, run_all(definitions, module_instance)]


def test_a_rule_that_sets_rows_aside_fails_its_check_and_stops_nothing(two_runs: TwoRuns) -> None:
    assert two_runs.first.success
    assert outcomes(two_runs.first)["price_in_range"] is False
    assert outcomes(two_runs.first)["day_not_null"] is True
    assert "exploitation" in materialised(two_runs.first)


def test_a_blocking_rule_stops_what_is_downstream(blocked: list[dg.ExecuteInProcessResult]) -> None:
    result = blocked[0]
    assert not result.success
    assert outcomes(result)["day_not_null"] is False
    assert "trusted" in materialised(result)
    assert "exploitation" not in materialised(result)


def test_a_blocking_rule_stands_until_better_data_come(blocked: list[dg.ExecuteInProcessResult]) -> None:
    assert [result.success for result in blocked] == [False, False, True]


def test_the_check_tells_how_many_rows_break_the_rule(two_runs: TwoRuns) -> None:
    found = {each.check_name: each for each in two_runs.first.get_asset_check_evaluations()}
    told = {name: each.value for name, each in found["price_in_range"].metadata.items()}
    assert (told["rows_judged"], told["rows_broken"], told["share_broken"]) == (4, 1, 0.25)
    assert str(told["first"]).endswith("row 4")
