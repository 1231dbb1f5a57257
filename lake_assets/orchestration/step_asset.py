"""Steps of the flow as software-defined assets.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import dagster as dg

from lake_assets.catalog import ColumnFacts, column_facts
from lake_assets.errors import BlockedError, LakeError
from lake_assets.lake import Failure, Lake, Steps, as_lake_error, record_run
from lake_assets.lineage import About
from lake_assets.model import Rule, StepReport, TableLineage, TableRef
from lake_assets.orchestration.alert_sensors import tell_of_run
from lake_assets.orchestration.checks import check_results, check_specs
from lake_assets.orchestration.keys import HEALTH_KEY, asset_key
from lake_assets.orchestration.metadata import data_version, made_metadata
from lake_assets.orchestration.quarantine_assets import quarantine_event
from lake_assets.orchestration.resources import LakeResource
from lake_assets.storage.root import LakeRoot

__all__ = ["StepAsset", "as_assets"]


@dataclass(frozen=True)
class StepAsset:
    """What Dagster needs to know of a step.

    Args:
        ref: The table, or the dataset in a landing zone.
        step: Does it.
        deps: The tables it reads.
        description: What the table is.
        kinds: For the icons.
        owner: `team:name`, or empty.
        tags: Free words.
        metadata: Known before the table is made.
        rules: Each becomes a check.
        hidden: Personal columns: values that rules name of them are not told.
        fresh_within_s: Seconds within which it should be made again; 0 for whenever.
        resources: Keys of the resources that the step needs besides the lake.
        lineage: Finds out what the columns of the table depend on, once it is made; None for files.
    """

    ref: TableRef
    step: Callable[[Steps, dg.AssetExecutionContext], StepReport]
    deps: Sequence[TableRef] = ()
    description: str = ""
    kinds: frozenset[str] = frozenset()
    owner: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    rules: Sequence[Rule] = ()
    hidden: frozenset[str] = frozenset()
    fresh_within_s: int = 0
    resources: frozenset[str] = frozenset()
    lineage: Callable[[LakeRoot], TableLineage] | None = None


def as_assets(name: str, declared: Sequence[StepAsset]) -> dg.AssetsDefinition:
    """The assets of steps that follow one another, each in the group of its zone under the key `[zone, table]`.

    They share one op, which does the steps that are selected: an op of its own for each costs Dagster milliseconds to
    define, and tenths of a second in a run.

    Args:
        name: Of the op.
        declared: The steps, each after those it reads.
    """

    @dg.multi_asset(
        name=name,
        specs=[_spec(each) for each in declared],
        check_specs=[spec for each in declared for spec in check_specs(each.ref, each.rules, each.hidden)],
        can_subset=len(declared) > 1,
        required_resource_keys={"lake"}.union(*(each.resources for each in declared)),
    )
    def steps(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        for each in declared:
            if asset_key(each.ref) in context.selected_asset_keys:
                yield _run(each, context)

    return steps


def _spec(declared: StepAsset) -> dg.AssetSpec:
    return dg.AssetSpec(
        asset_key(declared.ref),
        deps=[asset_key(ref) for ref in declared.deps],
        description=declared.description or None,
        group_name=declared.ref.zone.value,
        kinds=set(declared.kinds),
        owners=[declared.owner] if declared.owner else None,
        tags=dict(declared.tags),
        metadata=dict(declared.metadata),
        freshness_policy=_freshness(declared.fresh_within_s),
    )


def _freshness(within_s: int) -> dg.FreshnessPolicy | None:
    return dg.FreshnessPolicy.time_window(fail_window=timedelta(seconds=within_s)) if within_s else None


def _run(declared: StepAsset, context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    lake: Lake = context.resources.lake.open()
    steps = lake.steps(context.run.run_id)
    emitter = lake.emitter(steps.run)
    if emitter:
        emitter.began(declared.ref)
    try:
        report = declared.step(steps, context)
    except Exception as arisen:
        error = as_lake_error(arisen, str(declared.ref))
        if emitter:
            emitter.ended(declared.ref, error, lambda: _about(declared, steps.root))
        _record_failure(context, steps, Failure(declared.ref.zone, declared.ref.name, error))
        if not isinstance(error, BlockedError):  # the rule that stands broken is told of by itself
            tell_of_run(context, lake, {str(declared.ref): type(error).__name__})
        raise dg.Failure(description=str(error), allow_retries=False) from arisen
    if emitter:
        emitter.ended(declared.ref, report, lambda: _about(declared, steps.root))
    _log(context, report)
    if report.is_changed and not _ends_with_health(context):
        record_run(steps.root, steps.run.run_id, [declared.ref])
    if event := quarantine_event(steps.root, report):
        context.log_event(event)
    results = check_results(declared.ref, declared.rules, report.verdicts)
    lineage = declared.lineage(steps.root) if declared.lineage else None
    return dg.MaterializeResult(
        asset_key=asset_key(declared.ref),
        metadata=made_metadata(
            steps.root,
            declared.ref,
            report,
            declared.rules,
            _facts(context.resources.lake, declared.ref),
            lineage,
        ),
        check_results=[each for each in results if _key(declared, each) in context.selected_asset_check_keys],
        data_version=dg.DataVersion(data_version(steps.root, declared.ref, report)),
    )


def _record_failure(context: dg.AssetExecutionContext, steps: Steps, failure: Failure) -> None:
    """Record that a step failed; where that fails too, the step's own failure is what is told."""
    try:
        record_run(steps.root, steps.run.run_id, (), [failure])
    except Exception as error:  # noqa: BLE001 - told, whatever it is
        context.log.warning(str(as_lake_error(error, "governance.operations")))


def _ends_with_health(context: dg.AssetExecutionContext) -> bool:
    """Whether the run has a last step that records what all of its steps cost; a few assets alone have none."""
    selected = context.run.asset_selection
    return selected is None or HEALTH_KEY in selected


def _about(declared: StepAsset, root: LakeRoot) -> About:
    lineage = declared.lineage(root) if declared.lineage else None
    return About(lineage, declared.owner, declared.description, rules=tuple(declared.rules))


def _facts(resource: LakeResource, ref: TableRef) -> Mapping[str, ColumnFacts]:
    """What is declared of the columns; one that was broken since the definitions were loaded fails no step."""
    if not ref.zone.holds_tables:
        return {}
    lake = resource.open()
    try:
        return column_facts(lake.declarations, ref, lake.hidden(ref))
    except LakeError:
        return {}


def _key(declared: StepAsset, result: dg.AssetCheckResult) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(asset_key(declared.ref), str(result.check_name))


def _log(context: dg.AssetExecutionContext, report: StepReport) -> None:
    for problem in report.problems:
        context.log.warning(problem)
    state = f"{report.rows_out} rows written" if report.is_changed else "nothing new"
    context.log.info("%s.%s: %s", report.zone, report.table, state)
