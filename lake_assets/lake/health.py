"""How every table of a lake is: one line each, from commits and registries; its rows are not read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from lake_assets.lake.freshness import freshness_of
from lake_assets.lake.lake import Lake
from lake_assets.lake.operations import TableCosts, costs_of
from lake_assets.model import TableRef, Zone
from lake_assets.profiles import PROFILES
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.note import standing_in
from lake_assets.zones.quarantine import open_count

__all__ = ["TableHealth", "declared_tables", "health_of", "worst_first"]

_MUCH = 0.25


@dataclass(frozen=True)
class TableHealth:
    """How a table is.

    Args:
        table: `zone.table`.
        rows: How many rows; None when it was never made.
        last_at: When it changed last, UTC.
        is_fresh: Whether it changed in time; None where no `fresh_within` is declared.
        rules_kept: Rules that stand kept.
        rules_broken: Rules that stand broken.
        is_blocked: Whether one of them stops what is downstream.
        quarantined: Rows of its dataset that are set aside.
        drifted: Columns whose values drifted much since the version profiled before.
        failures: How often its step failed.
        typical_s: How long a step takes, the median of the last five.
        trend: That against the median of up to twenty before; None while there are few.
    """

    table: str
    rows: int | None
    last_at: datetime | None
    is_fresh: bool | None
    rules_kept: int
    rules_broken: int
    is_blocked: bool
    quarantined: int
    drifted: int
    failures: int
    typical_s: float | None
    trend: float | None

    @property
    def is_well(self) -> bool:
        """Whether nothing about it asks for somebody's attention."""
        return (
            self.rows is not None and self.is_fresh is not False and not (self.rules_broken or self.drifted)
        )


def declared_tables(lake: Lake) -> list[TableRef]:
    """The formatted, trusted and exploitation tables that are declared, in the order of the flow."""
    formatted = [dataset.table(Zone.FORMATTED) for dataset in lake.declarations.datasets]
    trusted = [dataset.table(Zone.TRUSTED) for dataset in lake.declarations.tables]
    return [*formatted, *trusted, *(each.target for each in lake.declarations.transformations)]


def health_of(lake: Lake, only: Collection[TableRef] | None = None) -> list[TableHealth]:
    """How each declared table is, in the order of the flow.

    Args:
        lake: The lake.
        only: The tables to look at; the default is all.
    """
    fresh = {each.table: each.is_fresh for each in freshness_of(lake)}
    costs = {each.table: each for each in costs_of(lake.root)}
    drifted = _drifted(lake)
    chosen = [ref for ref in declared_tables(lake) if only is None or ref in only]
    return [_health(lake, ref, costs.get(str(ref)), drifted, is_fresh=fresh.get(str(ref))) for ref in chosen]


def _health(
    lake: Lake,
    ref: TableRef,
    costs: TableCosts | None,
    drifted: Mapping[str, int],
    *,
    is_fresh: bool | None,
) -> TableHealth:
    table = find_table(lake.root, ref)
    verdicts = standing_in(table)
    kept = sum(each.is_kept for each in verdicts)
    return TableHealth(
        table=str(ref),
        rows=table.row_count if table else None,
        last_at=_last_at(table),
        is_fresh=is_fresh,
        rules_kept=kept,
        rules_broken=len(verdicts) - kept,
        is_blocked=any(each.blocks for each in verdicts),
        quarantined=_quarantined(lake, ref),
        drifted=drifted.get(str(ref), 0),
        failures=costs.failures if costs else 0,
        typical_s=costs.typical_s if costs else None,
        trend=costs.trend if costs else None,
    )


def _last_at(table: Table | None) -> datetime | None:
    note = table.last_note() if table else None
    return datetime.fromisoformat(note.content["at"]) if note else None


def _quarantined(lake: Lake, ref: TableRef) -> int:
    """Rows set aside on the way to a trusted table, told there alone."""
    if ref.zone is not Zone.TRUSTED:
        return 0
    return open_count(find_table(lake.root, TableRef(Zone.QUARANTINE, ref.name)))


def _drifted(lake: Lake) -> dict[str, int]:
    """How many columns of the newest profile of each table drifted much."""
    profiles = find_table(lake.root, PROFILES)
    if profiles is None:
        return {}
    is_newest = pl.col("at") == pl.col("at").max().over("table")
    newest = profiles.scan().select("table", "at", "psi").filter(is_newest)
    counted = newest.group_by("table").agg((pl.col("psi") > _MUCH).sum().alias("count"))
    return dict(counted.collect(engine="streaming").iter_rows())


def worst_first(told: Sequence[TableHealth]) -> list[TableHealth]:
    """Those that ask for attention first, in the order of the flow otherwise."""
    return sorted(told, key=lambda each: (not each.is_blocked, each.is_well))
