"""The health of the lake as an asset: the very last step of a run, whose page shows every table at a glance.

It also records what the steps of the run cost and tells alerts, which no reader waits for.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG

from lake_assets.errors import LakeError
from lake_assets.lake import (
    Lake,
    TableHealth,
    declared_tables,
    health_markdown,
    health_of,
    operations_of,
    record_run,
    worst_first,
)
from lake_assets.model import TableRef, Zone
from lake_assets.orchestration.alert_sensors import tell_of_run
from lake_assets.orchestration.instance import opened_instance
from lake_assets.orchestration.keys import HEALTH_KEY, PROFILES_KEY, asset_key

__all__ = ["health", "tell_health"]

_MOST_TABLES = 300
_VERSION_DIGITS = 16


@dg.asset(
    key=HEALTH_KEY,
    group_name="governance",
    description="Every table at a glance: rows, freshness, rules, quarantine, drift, failures, duration and trend.",
    kinds={"polars"},
    required_resource_keys={"lake"},
    op_tags={"dagster/priority": "-200"},
)
def health(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster wants it bare
    """Look at every table, once the run has written what it writes."""
    lake: Lake = context.resources.lake.open()
    selected = (context.run.asset_selection or frozenset()) - {PROFILES_KEY, HEALTH_KEY}
    of_run = [ref for ref in declared_tables(lake) if asset_key(ref) in selected or not selected]
    landed = [ref for ref in _landing(lake) if asset_key(ref) in selected]
    try:
        record_run(lake.root, context.run.run_id, [*landed, *of_run])
        tell_of_run(context, lake, succeeded=_succeeded(context, lake))
        told = _health(lake, of_run)
        return dg.MaterializeResult(metadata=_metadata(lake, told), data_version=_version(told))
    except LakeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error


def _landing(lake: Lake) -> list[TableRef]:
    """Where the files of datasets land, which is recorded as tables are."""
    zones = (Zone.TEMPORARY_LANDING, Zone.PERSISTENT_LANDING)
    return [each.table(zone) for each in lake.declarations.datasets for zone in zones]


def _succeeded(context: dg.AssetExecutionContext, lake: Lake) -> set[str]:
    """The tables of the run, in whatever zone; of what failed none, since its later steps were not tried."""
    recorded = operations_of(lake.root, run_id=context.run.run_id)
    failed = recorded.filter(outcome="failed")["table"] if recorded.height else ()
    names = {TableRef.parse(table).name for table in failed}
    selected = {tuple(key.path) for key in context.run.asset_selection or ()} or {
        (zone.value, ref.name) for ref in declared_tables(lake) for zone in Zone
    }
    return {".".join(path) for path in selected if path[-1] not in names}


def _health(lake: Lake, of_run: list[TableRef]) -> list[TableHealth]:
    """How every table is; where the lake has very many, how those of the run are."""
    return health_of(lake, None if _is_small(lake) else of_run[:_MOST_TABLES])


def _is_small(lake: Lake) -> bool:
    return len(declared_tables(lake)) <= _MOST_TABLES


def _version(told: list[TableHealth]) -> dg.DataVersion:
    """Another one whenever something is told that was not told before."""
    return dg.DataVersion(sha256(repr(told).encode()).hexdigest()[:_VERSION_DIGITS])


def _metadata(lake: Lake, told: list[TableHealth]) -> dict[str, Any]:
    """The table and its totals, which the UI plots."""
    return {
        "health": dg.MetadataValue.md(health_markdown(worst_first(told))),
        "tables": len(told),
        "tables_that_ask_for_attention": sum(not each.is_well for each in told),
        "stale": sum(each.is_fresh is False for each in told),
        "rules_broken": sum(each.rules_broken for each in told),
        "rows_quarantined": sum(each.quarantined for each in told),
        "columns_drifted": sum(each.drifted for each in told),
        **({} if _is_small(lake) else {"left_out": "other tables: see `lake health`"}),
    }


def tell_health(instance_folder: Path, lake: Lake) -> None:
    """Tell Dagster's catalogue how the lake is after what was done without it.

    Args:
        instance_folder: Holds the `dagster.yaml` of the instance.
        lake: The lake.
    """
    with opened_instance(instance_folder) as instance:
        told = _health(lake, declared_tables(lake))
        tags = {DATA_VERSION_TAG: _version(told).value}
        instance.report_runless_asset_event(
            dg.AssetMaterialization(HEALTH_KEY, metadata=_metadata(lake, told), tags=tags)
        )
