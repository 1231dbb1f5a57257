"""Sensors that tell what no run tells: that something is stale, and that a run died. There where alerts are declared.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from collections.abc import Callable, Iterable, Mapping

import dagster as dg

from lake_assets.declarations import alert_routes
from lake_assets.errors import LakeError
from lake_assets.lake import Lake, tell_alerts

__all__ = ["alert_sensors", "died", "tell_of_run"]

_PAUSE_S = 60


def alert_sensors(open_lake: Callable[[], Lake]) -> list[dg.SensorDefinition]:
    """The sensors; none where no alerts are declared.

    Args:
        open_lake: Opens the lake; what is declared for it is read in each tick.
    """
    if not alert_routes(open_lake().settings.defs):
        return []

    @dg.sensor(
        name="alerts",
        minimum_interval_seconds=_PAUSE_S,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells the webhooks of alerts.yaml what came to ask for attention, such as a table that is stale.",
    )
    def alerts(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        _warn(context.log.warning, tell_alerts(open_lake()))
        return dg.SkipReason("looked at every table")

    @dg.run_failure_sensor(
        name="runs_that_died",
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells the webhooks of alerts.yaml of a run that ended without a step that could tell.",
    )
    def runs_that_died(context: dg.RunFailureSensorContext) -> None:
        if not context.get_step_failure_events():
            failed = {died(context.dagster_run.tags): "the run ended before its steps"}
            _warn(context.log.warning, tell_alerts(open_lake(), context.dagster_run.run_id, failed))

    return [alerts, runs_that_died]


def died(tags: Mapping[str, str]) -> str:
    """What an alert of a run that died is about."""
    return f"run.{tags.get('lake/source', 'others')}"


def tell_of_run(
    context: dg.AssetExecutionContext,
    lake: Lake,
    failed: Mapping[str, str] | None = None,
    succeeded: Iterable[str] = (),
) -> None:
    """Tell what a run found, and warn in its log where nobody took it.

    Args:
        context: Of the run.
        lake: The lake.
        failed: The kind of error of what failed, by table.
        succeeded: Tables that did not fail.
    """
    done = {*succeeded, died(context.run.tags)} if succeeded else set()
    _warn(context.log.warning, tell_alerts(lake, context.run.run_id, failed, done))


def _warn(warn: Callable[[str], object], troubles: Iterable[LakeError]) -> None:
    for trouble in troubles:
        warn(str(trouble))
