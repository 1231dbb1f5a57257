"""What the quarantine says of records, now and before."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, Zone
from lake_assets.storage.places import rows_with
from lake_assets.tracing.steps import SetAside
from lake_assets.tracing.world import World
from lake_assets.zones.quarantine import as_told

__all__ = ["Place", "set_aside_at", "set_aside_of"]

Place = tuple[int, int]
"""File id and record number."""

_NO_RECORD = ""


def set_aside_at(
    world: World, dataset: Dataset, places: Iterable[Place]
) -> dict[Place, tuple[SetAside, ...]]:
    """What the quarantine of a dataset says of some places, oldest first; a file as a whole has the number 0.

    Args:
        world: The lake.
        dataset: The dataset, or child table.
        places: The places.
    """
    quarantine, wanted = world.table(dataset.table(Zone.QUARANTINE)), set(places)
    if quarantine is None or not wanted:
        return {}
    _file, row = PROVENANCE
    near = as_told(rows_with(quarantine, _file, {file_id for file_id, _ in wanted}))
    rows = near.filter(pl.col(row).is_in(sorted({number for _, number in wanted})))
    found: dict[Place, tuple[SetAside, ...]] = {}
    shows = not world.hidden(dataset.table(Zone.QUARANTINE))
    for each in rows.sort("quarantined_at").collect(engine="streaming").iter_rows(named=True):
        place = (each[_file], each[row])
        if place in wanted:
            found[place] = (*found.get(place, ()), set_aside_of(each, shows=shows))
    return found


def set_aside_of(row: dict[str, object], *, shows: bool) -> SetAside:
    """A row of a quarantine as a value.

    Args:
        row: The row.
        shows: Whether its record may be shown.
    """
    return SetAside(
        stage=str(row["stage"]),
        rules=_texts(row["rules"]),
        versions=_texts(row["rule_versions"]),
        why=str(row["reason"] or ""),
        record=str(row["record"] or "") if shows else _NO_RECORD,
        run_id=str(row["run_id"] or ""),
        at=row["quarantined_at"],  # type: ignore[arg-type]  # a datetime, by the schema of the quarantine
        readmitted_at=row["readmitted_at"],  # type: ignore[arg-type]  # likewise, or None
        readmitted_by=str(row["readmitted_by"] or ""),
        readmitted_why=str(row["readmitted_why"] or ""),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
