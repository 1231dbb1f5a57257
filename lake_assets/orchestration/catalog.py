"""Dagster's catalogue brought up to what was done without Dagster: by `lake up`, before it serves the UI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG

from lake_assets.catalog import column_facts
from lake_assets.lake import IngestReport, Lake
from lake_assets.model import Rule, StepReport, TableRef, Zone
from lake_assets.orchestration.checks import check_results
from lake_assets.orchestration.instance import opened_instance
from lake_assets.orchestration.keys import asset_key
from lake_assets.orchestration.metadata import data_version, made_metadata
from lake_assets.orchestration.quarantine_assets import quarantine_event
from lake_assets.zones.drift import drift_rule
from lake_assets.zones.trusted import rules_of

__all__ = ["events_of", "rules_by_table", "tell_catalog"]


def tell_catalog(instance_folder: Path, lake: Lake, report: IngestReport) -> int:
    """Tell Dagster of every table that an ingest changed, and of those it has never heard of.

    Args:
        instance_folder: Holds the `dagster.yaml` of the instance.
        lake: The lake.
        report: What the ingest did.

    Returns:
        Number of assets that were told of.
    """
    rules = rules_by_table(lake)
    with opened_instance(instance_folder) as instance:
        news = [step for step in report.reports if step.is_changed or _is_unheard_of(instance, _ref(step))]
        for step in news:
            for event in events_of(lake, step, rules, always=not step.is_changed):
                instance.report_runless_asset_event(event)
    return len(news)


def _ref(step: StepReport) -> TableRef:
    return TableRef(step.zone, step.table)


def _is_unheard_of(instance: dg.DagsterInstance, ref: TableRef) -> bool:
    return instance.get_latest_materialization_event(asset_key(ref)) is None


def rules_by_table(lake: Lake) -> Mapping[TableRef, Sequence[Rule]]:
    """The rules of every formatted, trusted and exploitation table."""
    formatted = {each.table(Zone.FORMATTED): [drift_rule(each)] for each in lake.declarations.datasets}
    trusted = {dataset.table(Zone.TRUSTED): rules_of(dataset) for dataset in lake.declarations.tables}
    return formatted | trusted | {each.target: each.rules for each in lake.declarations.transformations}


def events_of(
    lake: Lake, step: StepReport, by_table: Mapping[TableRef, Sequence[Rule]], *, always: bool = False
) -> Iterator[dg.AssetMaterialization | dg.AssetCheckEvaluation]:
    """What Dagster is told of a step that was done without it.

    Args:
        lake: The lake.
        step: What was done.
        by_table: The rules of every table, see `rules_by_table`.
        always: Tell of the quarantine also when the step set nothing aside, as after a replay.
    """
    ref = _ref(step)
    rules = by_table.get(ref, ())
    if event := quarantine_event(lake.root, step, always=always):
        yield event
    yield dg.AssetMaterialization(
        asset_key(ref),
        metadata=made_metadata(
            lake.root,
            ref,
            step,
            rules,
            column_facts(lake.declarations, ref, lake.hidden(ref)),
            lake.lineage.as_made(ref),
        ),
        tags={DATA_VERSION_TAG: data_version(lake.root, ref, step)},
    )
    for result in check_results(ref, rules, step.verdicts):
        yield dg.AssetCheckEvaluation(
            asset_key=asset_key(ref),
            check_name=str(result.check_name),
            passed=result.passed,
            severity=result.severity,
            metadata=result.metadata,
        )
