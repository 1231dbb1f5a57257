"""A source as assets: four for each of its datasets, one a zone, its child tables and quarantines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import dagster as dg

from lake_assets.lake import Steps, referenced_tables
from lake_assets.lineage import lineage_of_dataset
from lake_assets.model import Dataset, Source, StepReport, TableRef, Zone
from lake_assets.orchestration.metadata import declared_metadata
from lake_assets.orchestration.quarantine_assets import quarantine_asset
from lake_assets.orchestration.step_asset import StepAsset, as_assets
from lake_assets.zones.drift import drift_rule
from lake_assets.zones.trusted import rules_of

__all__ = ["source_assets"]

_MEANING = {
    Zone.TEMPORARY_LANDING: "Files of {name} as they arrive, kept until they are in persistent landing.",
    Zone.PERSISTENT_LANDING: "Every file version of {name} that was ever ingested: raw bytes, immutable.",
    Zone.FORMATTED: "{name} in the canonical model: typed by the mapping, nothing cleaned, nothing lost.",
    Zone.TRUSTED: "{name}, judged by its rules and merged into one table.",
}


def source_assets(source: Source) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """The assets of a source.

    Args:
        source: As declared.
    """
    steps = [as_assets(f"dataset__{dataset.name}", _declared(source, dataset)) for dataset in source.datasets]
    tables = [each for dataset in source.datasets for each in (dataset, *dataset.children)]
    return [*steps, *(quarantine_asset(source, each) for each in tables)]


def _declared(source: Source, dataset: Dataset) -> list[StepAsset]:
    return [
        _landing(source, dataset, Zone.TEMPORARY_LANDING, partial(_fetch, source, dataset)),
        _landing(source, dataset, Zone.PERSISTENT_LANDING, partial(_land, source, dataset)),
        _table(source, dataset, Zone.FORMATTED, lambda steps, _: steps.format(dataset)),
        _table(source, dataset, Zone.TRUSTED, lambda steps, _: steps.trust(dataset)),
        *(_child(source, child) for child in dataset.children),
    ]


def _child(source: Source, child: Dataset) -> StepAsset:
    """A child table: it reads the trusted table of its parent."""
    parent = TableRef(Zone.TRUSTED, child.parent)
    declared = _table(source, child, Zone.TRUSTED, lambda steps, _: steps.trust(child))
    meaning = f"The elements of {child.origin} of {child.parent}, a row each, judged by rules of their own."
    return replace(
        declared,
        deps=(parent, *(sorted(_others(child)))),
        description=f"{meaning}\n\n{child.description}".strip(),
    )


def _fetch(source: Source, dataset: Dataset, steps: Steps, context: dg.AssetExecutionContext) -> StepReport:
    connector = getattr(context.resources, source.connector)
    return steps.fetch(dataset, connector.open(source))


def _land(source: Source, dataset: Dataset, steps: Steps, context: dg.AssetExecutionContext) -> StepReport:
    connector = getattr(context.resources, source.connector)
    return steps.land(dataset, connector.open(source))


_Step = Callable[[Steps, dg.AssetExecutionContext], StepReport]


def _landing(source: Source, dataset: Dataset, zone: Zone, step: _Step) -> StepAsset:
    is_first = zone is Zone.TEMPORARY_LANDING
    return StepAsset(
        ref=dataset.table(zone),
        step=step,
        deps=() if is_first else (dataset.table(Zone.TEMPORARY_LANDING),),
        description=_describe(dataset, zone),
        kinds=frozenset({_KINDS.get(source.connector, source.connector), dataset.format}),
        owner=dataset.owner,
        tags=_tags(source, dataset),
        metadata={
            **declared_metadata(dataset.table(zone), "one file", (), dataset.place, source.name),
            **_origin(source, dataset),
        },
        resources=frozenset({source.connector}),
    )


_KINDS = {"filesystem": "file", "rest": "api", "http": "http"}


def _origin(source: Source, dataset: Dataset) -> dict[str, str]:
    told = {
        "source": source.description or source.name,
        "licence": source.licence,
        "collected_from": dataset.origin,
    }
    return {name: value for name, value in told.items() if value}


def _table(source: Source, dataset: Dataset, zone: Zone, step: _Step) -> StepAsset:
    is_trusted = zone is Zone.TRUSTED
    before = dataset.table(Zone.FORMATTED if is_trusted else Zone.PERSISTENT_LANDING)
    return StepAsset(
        ref=dataset.table(zone),
        step=step,
        deps=(before, *(sorted(_others(dataset)) if is_trusted else ())),
        description=_describe(dataset, zone),
        kinds=frozenset({"polars", "deltalake"}),
        owner=dataset.owner,
        tags=_tags(source, dataset),
        metadata={
            **declared_metadata(dataset.table(zone), dataset.grain, dataset.key, dataset.place),
            "write_mode": dataset.write_mode.value if is_trusted else "append",
        },
        rules=rules_of(dataset) if is_trusted else (drift_rule(dataset),),
        hidden=frozenset(each.name for each in dataset.mapping.columns if each.is_personal),
        lineage=lambda root: lineage_of_dataset(root, dataset, zone),
        fresh_within_s=dataset.fresh_within_s if is_trusted else 0,
    )


def _others(dataset: Dataset) -> set[TableRef]:
    return referenced_tables(dataset) - {dataset.table(Zone.TRUSTED)}


def _describe(dataset: Dataset, zone: Zone) -> str:
    return f"{_MEANING[zone].format(name=dataset.name)}\n\n{dataset.description}".strip()


def _tags(source: Source, dataset: Dataset) -> dict[str, str]:
    """Where it comes from, and its declared tags; one written `key:value` is a tag with a value."""
    declared = {key: value for key, _, value in (tag.partition(":") for tag in dataset.tags)}
    personal = {"lake/personal": "true"} if any(each.is_personal for each in dataset.mapping.columns) else {}
    return {"lake/source": source.name, "lake/dataset": dataset.name, **personal, **declared}
