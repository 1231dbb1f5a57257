"""Alerts: what asks for attention is told once, and once more when it is over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from lake_assets.declarations import alert_routes
from lake_assets.errors import LakeError, SettingsError
from lake_assets.governance.alerts import RAISED, RESOLVED, ToldAlert, record_alerts, standing_alerts
from lake_assets.lake.health import TableHealth, health_of
from lake_assets.lake.lake import Lake
from lake_assets.lake.webhook import post
from lake_assets.model import Alert, AlertKind, AlertRoute, spell_duration

__all__ = ["problems_of", "tell_alerts"]


def problems_of(lake: Lake, failed: Mapping[str, str] | None = None) -> list[Alert]:
    """What asks for attention now.

    Args:
        lake: The lake.
        failed: The kind of error of what failed in this run, by table.
    """
    limits = {
        **{f"trusted.{each.name}": each.fresh_within_s for each in lake.declarations.datasets},
        **{str(each.target): each.fresh_within_s for each in lake.declarations.transformations},
    }
    found = [alert for each in health_of(lake) for alert in _of_table(each, limits.get(each.table, 0))]
    return [*found, *(_failure(table, what) for table, what in (failed or {}).items())]


def _of_table(health: TableHealth, limit_s: int) -> Iterator[Alert]:
    if health.is_blocked:
        what = "a blocking rule stands broken: what is downstream is stopped"
        yield Alert(AlertKind.BLOCK, health.table, what, "see `lake status`, mend the data or the rule")
    if health.drifted:
        what = f"values of {health.drifted} columns drifted much"
        yield Alert(AlertKind.DRIFT, health.table, what, f"see `lake profile {health.table}`")
    if health.table.startswith("formatted.") and health.rules_broken:
        what = "elements are not what the mapping knows"
        yield Alert(
            AlertKind.DRIFT, health.table, what, "see governance.schema_drift, declare or mend the columns"
        )
    if health.is_fresh is False:
        what = f"did not change within {spell_duration(limit_s)}"
        yield Alert(
            AlertKind.STALE, health.table, what, "see whether its source delivers and its runs succeed"
        )


def _failure(table: str, what: str) -> Alert:
    return Alert(
        AlertKind.FAILURE, table, f"failed: {what}", "see the log of the run, then run `lake ingest`"
    )


def tell_alerts(
    lake: Lake,
    run_id: str = "",
    failed: Mapping[str, str] | None = None,
    succeeded: Collection[str] = (),
) -> list[LakeError]:
    """Tell each route what came to ask for attention, and what is over, since it was told last.

    An alert is recorded once it is taken, so one that nobody took is told again the next time, and after a death
    between the two it may be told twice.

    Args:
        lake: The lake.
        run_id: The run at whose end it is told.
        failed: The kind of error of what failed in it, by table.
        succeeded: What did not fail in it: only this ends an alert of a failure.

    Returns:
        What went wrong on the way.
    """
    try:
        routes = alert_routes(lake.settings.defs)
        problems = problems_of(lake, failed) if routes else []
        standing = standing_alerts(lake.root) if routes else {}
    except LakeError as error:
        return [error]
    troubles: list[LakeError] = []
    for route in routes:
        try:
            _tell(lake, route, problems, standing, run_id, succeeded)
        except LakeError as error:
            troubles.append(error)
    return troubles


def _tell(
    lake: Lake,
    route: AlertRoute,
    problems: Collection[Alert],
    standing: Mapping[tuple[str, str, str], str],
    run_id: str,
    succeeded: Collection[str],
) -> None:
    told: list[ToldAlert] = []
    try:
        for alert, state in _news(route, problems, standing, succeeded):
            now = datetime.now(UTC)
            post(_url(route), _document(alert, state, now, run_id), route.url_env)
            kind, table = alert.subject
            told.append(ToldAlert(now, route.url_env, kind, table, state, alert.what, run_id))
    finally:
        record_alerts(lake.root, told)


def _news(
    route: AlertRoute,
    problems: Collection[Alert],
    standing: Mapping[tuple[str, str, str], str],
    succeeded: Collection[str],
) -> Iterator[tuple[Alert, str]]:
    """What changed for a route, with the state it is in now."""
    known = {(kind, table): what for (name, kind, table), what in standing.items() if name == route.url_env}
    now = {each.subject: each for each in problems if route.takes(*each.subject)}
    for subject, alert in now.items():
        if subject not in known:
            yield alert, RAISED
    for (kind, table), what in known.items():
        is_over = kind != AlertKind.FAILURE or table in succeeded
        if (kind, table) not in now and is_over:
            yield Alert(AlertKind(kind), table, what), RESOLVED


def _document(alert: Alert, state: str, at: datetime, run_id: str) -> dict[str, object]:
    """What is sent; `text` is what chat programs show."""
    mend = f"\nto mend: {alert.mend}" if alert.mend else ""
    over = "over: " if state == RESOLVED else ""
    return {
        "text": f"{over}{alert.kind.value} at {alert.table}: {alert.what}{mend}",
        "state": state,
        "kind": alert.kind.value,
        "place": alert.table,
        "what": alert.what,
        "mend": alert.mend,
        "at": at.isoformat(),
        "run_id": run_id,
    }


def _url(route: AlertRoute) -> str:
    url = os.environ.get(route.url_env, "")
    if not url.startswith(("http://", "https://")):
        what = f"the environment variable {route.url_env} does not hold the URL of a webhook"
        raise SettingsError(what, place=str(route.place), mend=f"set {route.url_env} to a URL")
    return url
