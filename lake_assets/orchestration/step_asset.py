"""One step of the flow as a software-defined asset.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from lake_assets.errors import LakeError
from lake_assets.lake import Steps
from lake_assets.model import Rule, StepReport, TableRef
from lake_assets.orchestration.checks import check_results, check_specs
from lake_assets.orchestration.keys import asset_key
from lake_assets.orchestration.metadata import data_version, made_metadata

__all__ = ["StepAsset", "as_asset"]


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
        resources: Keys of the resources that the step needs besides the lake.
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
    resources: frozenset[str] = frozenset()


def as_asset(declared: StepAsset) -> dg.AssetsDefinition:
    """The asset, in the group of its zone under the key `[zone, table]`."""

    @dg.asset(
        key=asset_key(declared.ref),
        deps=[asset_key(ref) for ref in declared.deps],
        description=declared.description or None,
        group_name=declared.ref.zone.value,
        kinds=set(declared.kinds),
        owners=[declared.owner] if declared.owner else None,
        tags=dict(declared.tags),
        metadata=dict(declared.metadata),
        check_specs=check_specs(declared.ref, declared.rules),
        required_resource_keys={"lake", *declared.resources},
        op_tags={"lake/zone": declared.ref.zone.value},
    )
    def step(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster wants it bare
        return _run(declared, context)

    return step


def _run(declared: StepAsset, context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    steps: Steps = context.resources.lake.steps(context.run.run_id)
    try:
        report = declared.step(steps, context)
    except LakeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    _log(context, report)
    return dg.MaterializeResult(
        metadata=made_metadata(steps.root, declared.ref, report, declared.rules),
        check_results=check_results(declared.ref, declared.rules, report.verdicts),
        data_version=dg.DataVersion(data_version(steps.root, declared.ref, report)),
    )


def _log(context: dg.AssetExecutionContext, report: StepReport) -> None:
    for problem in report.problems:
        context.log.warning(problem)
    state = f"{report.rows_out} rows written" if report.is_changed else "nothing new"
    context.log.info("%s.%s: %s", report.zone, report.table, state)
