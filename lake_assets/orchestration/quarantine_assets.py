"""The quarantine of each dataset as an asset that other steps fill: a page that tells what is set aside, by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dagster as dg
import polars as pl

from lake_assets.model import Dataset, Source, StepReport, TableRef, Zone
from lake_assets.orchestration.keys import asset_key
from lake_assets.orchestration.metadata import declared_metadata
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.quarantine import open_count
from lake_assets.zones.quarantine_counts import count_by_rule

__all__ = ["quarantine_asset", "quarantine_event"]


def quarantine_asset(source: Source, dataset: Dataset) -> dg.AssetSpec:
    """The quarantine of a dataset, which its formatted and trusted tables fill."""
    ref = dataset.table(Zone.QUARANTINE)
    return dg.AssetSpec(
        asset_key(ref),
        deps=[asset_key(dataset.table(zone)) for zone in _fillers(dataset)],
        description=f"What was set aside of {dataset.name}: raw, with the rules it breaks, until replay takes it back.",
        group_name=Zone.QUARANTINE.value,
        kinds={"deltalake"},
        owners=[dataset.owner] if dataset.owner else None,
        tags={"lake/source": source.name, "lake/dataset": dataset.name},
        metadata=declared_metadata(ref, "one record that was set aside", (), dataset.place),
    )


def _fillers(dataset: Dataset) -> tuple[Zone, ...]:
    return (Zone.TRUSTED,) if dataset.parent else (Zone.FORMATTED, Zone.TRUSTED)


def quarantine_event(
    root: LakeRoot, step: StepReport, *, always: bool = False
) -> dg.AssetMaterialization | None:
    """What the page of a quarantine is told after a step set rows aside or took some back; None after any other.

    Args:
        root: The lake.
        step: What was done.
        always: Also when the step set nothing aside, as after a replay.
    """
    ref, fills = TableRef(Zone.QUARANTINE, step.table), step.zone in {Zone.FORMATTED, Zone.TRUSTED}
    table = find_table(root, ref) if fills and (step.rows_quarantined or always) else None
    if table is None:
        return None
    return dg.AssetMaterialization(
        asset_key(ref),
        metadata={
            "dagster/row_count": open_count(table),
            "dagster/uri": root.table_uri(ref),
            "delta_version": table.version,
            "by_rule": dg.MetadataValue.table(_records(count_by_rule(table)), _SHAPE),
            "look": f"lake quarantine {step.table}",
            "take_back": f"lake replay {step.table} --why '...'",
        },
    )


_SHAPE = dg.TableSchema(
    [dg.TableColumn(name) for name in ("stage", "rule")]
    + [dg.TableColumn(name, "int") for name in ("rows", "files")]
)


def _records(counted: pl.DataFrame) -> list[dg.TableRecord]:
    rows: Sequence[Mapping[str, str | int]] = counted.select("stage", "rule", "rows", "files").to_dicts()
    return [dg.TableRecord(row) for row in rows]
