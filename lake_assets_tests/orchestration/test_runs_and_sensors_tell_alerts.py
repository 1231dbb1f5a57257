"""A run of Dagster tells what it found and what failed; sensors tell what no run can. Only where it is declared."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration.alert_sensors import alert_sensors
from lake_assets.orchestration.definitions_of import declared_definitions
from lake_assets_tests.orchestration.running import drop, run_all
from lake_assets_tests.webhook import Webhook, serving


@pytest.fixture
def hook(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    (project / "defs/alerts.yaml").write_text("alerts: [{url_env: OPERATIONS_WEBHOOK}]\n")
    with serving() as server:
        monkeypatch.setenv("OPERATIONS_WEBHOOK", server.url)
        yield server


def told(hook: Webhook) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["place"], each["state"]) for each in hook.taken]


def test_what_a_run_finds_and_what_fails_in_it(
    hook: Webhook, project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,,2.5")
    assert not run_all(definitions, instance).success
    assert told(hook) == [("block", "trusted.hires", "raised")]
    inbox = project / "inbox"
    shutil.move(inbox, project / "elsewhere")
    run_all(definitions, instance)
    assert told(hook)[1:] == [("failure", "temporary_landing.hires", "raised")]
    shutil.move(project / "elsewhere", inbox)
    drop(project, "b.csv", "2,Monday,2.5")
    run_all(definitions, instance)
    assert set(told(hook)[2:]) == {
        ("failure", "temporary_landing.hires", "resolved"),
        ("block", "trusted.hires", "resolved"),
    }


def test_there_are_sensors_where_alerts_are_declared(project: Path, lake: Lake) -> None:
    assert alert_sensors(lambda: lake) == []
    (project / "defs/alerts.yaml").write_text("alerts: [{url_env: OPERATIONS_WEBHOOK}]\n")
    assert [each.name for each in alert_sensors(lambda: lake)] == ["alerts", "runs_that_died"]


def test_a_sensor_tells_what_is_stale_when_nothing_runs(hook: Webhook, project: Path) -> None:
    path = project / "defs/hires/defs.yaml"
    path.write_text(path.read_text().replace("[hire_id]\n", "[hire_id]\n      fresh_within: 2h\n", 1))
    lake = Lake.open()
    sensor, _ = alert_sensors(lambda: lake)
    assert declared_definitions(lake.declarations)
    for _ in range(2):
        sensor(dg.build_sensor_context())
    assert told(hook) == [("stale", "trusted.hires", "raised")]


def test_a_run_that_died_is_told(hook: Webhook, lake: Lake, instance: dg.DagsterInstance) -> None:
    _, sensor = alert_sensors(lambda: lake)

    @dg.job
    def nothing() -> None:
        """No step of it can tell."""

    run = instance.create_run_for_job(nothing, tags={"lake/source": "hires"})
    event = dg.DagsterEvent(dg.DagsterEventType.RUN_FAILURE.value, "nothing", message="gone")
    context = dg.build_run_status_sensor_context("runs_that_died", event, instance, run).for_run_failure()
    sensor(context)
    assert told(hook) == [("failure", "run.hires", "raised")]
