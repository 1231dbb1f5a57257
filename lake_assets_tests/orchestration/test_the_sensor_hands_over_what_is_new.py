from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration import sensor
from lake_assets.orchestration.watching import Seen
from lake_assets_tests.orchestration.running import drop, run_all


@pytest.fixture(autouse=True)
def _short_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensor, "_TICK_S", 0.5)


def tick(definitions: dg.Definitions, instance: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult:
    found = definitions.resolve_sensor_def("new_data")
    context = dg.build_sensor_context(instance, cursor=cursor, definitions=definitions)
    result = found(context)
    assert isinstance(result, dg.SensorResult)
    return result


def test_a_sensor_ticked_twice_starts_one_run(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    first = tick(definitions, instance, None)
    assert len(first.run_requests or []) == 1
    assert not tick(definitions, instance, first.cursor).run_requests


def test_the_run_has_the_whole_chain_of_the_source_and_no_more(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    (request,) = tick(definitions, instance, None).run_requests or []
    assert {key.to_user_string() for key in request.asset_selection or []} == {
        "temporary_landing/hires",
        "persistent_landing/hires",
        "formatted/hires",
        "trusted/hires",
        "exploitation/takings",
        "governance/profiles",
        "governance/artefacts",
        "governance/health",
    }
    assert request.tags["lake/source"] == "hires"


def test_many_files_make_one_run(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    for number in range(20):
        drop(project, f"{number}.csv", f"{number},monday,2.5")
    assert len(tick(definitions, instance, None).run_requests or []) == 1


def test_nothing_new_starts_nothing(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    assert not tick(definitions, instance, None).run_requests
    drop(project, "a.csv", "1,monday,2.5")
    run_all(definitions, instance)
    assert not tick(definitions, instance, None).run_requests


def test_a_file_dropped_while_the_tick_waits_is_handed_over(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    first = tick(definitions, instance, None)
    drop(project, "late.csv", "1,monday,2.5")
    assert tick(definitions, instance, first.cursor).run_requests


def test_what_was_handed_over_and_never_landed_is_handed_over_again(
    project: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    seen = Seen()
    assert sensor.wait_for_new(lake, seen, pytest.fail, 0.1)
    assert not sensor.wait_for_new(lake, seen, pytest.fail, 0.1)
    monkeypatch.setattr(sensor, "_RETRY_S", 0.0)
    assert sensor.wait_for_new(lake, seen, pytest.fail, 0.1)


def test_a_source_that_cannot_be_listed_is_told_and_stops_nobody(project: Path, lake: Lake) -> None:
    (project / "inbox").rmdir()
    warnings: list[str] = []
    assert not sensor.wait_for_new(lake, Seen(), warnings.append, 0.1)
    assert "inbox" in warnings[0]
