"""How the lake's tables are called in Dagster."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

from lake_assets.model import Source, TableRef, Transformation, Zone

__all__ = ["ARTEFACTS_KEY", "HEALTH_KEY", "PROFILES_KEY", "asset_key", "chain_of"]

HEALTH_KEY = dg.AssetKey(["governance", "health"])
"""The asset that tells how every table is."""

PROFILES_KEY = dg.AssetKey(["governance", "profiles"])
"""The asset that profiles what a run changed."""

ARTEFACTS_KEY = dg.AssetKey(["governance", "artefacts"])
"""The asset that brings governance up to what a run did."""


def asset_key(ref: TableRef) -> dg.AssetKey:
    """The asset key of a table: `[zone, table]`."""
    return dg.AssetKey([ref.zone.value, ref.name])


def chain_of(source: Source, transformations: Sequence[Transformation]) -> list[dg.AssetKey]:
    """All that follows from a source: its datasets in every zone, the exploitation tables they reach, what tells of it.

    Args:
        source: The source.
        transformations: All there are, each after its inputs.
    """
    zones = (Zone.TEMPORARY_LANDING, Zone.PERSISTENT_LANDING, Zone.FORMATTED, Zone.TRUSTED)
    chain = [dataset.table(zone) for dataset in source.datasets for zone in zones]
    chain += [child.table(Zone.TRUSTED) for dataset in source.datasets for child in dataset.children]
    for transformation in transformations:
        if set(transformation.inputs.values()) & set(chain):
            chain.append(transformation.target)
    return [*map(asset_key, chain), PROFILES_KEY, ARTEFACTS_KEY, HEALTH_KEY]
