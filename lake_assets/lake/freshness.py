"""Whether the tables that should change again within a time have done so, judged from their commits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lake_assets.lake.lake import Lake
from lake_assets.model import TableRef, Zone
from lake_assets.storage.table import find_table

__all__ = ["Freshness", "freshness_of"]


@dataclass(frozen=True)
class Freshness:
    """How fresh a table is.

    Args:
        table: `zone.table`.
        within_s: Seconds within which it should change again.
        last_at: When it changed last, UTC; None when it was never made.
        stale_since: Since when it is stale, UTC; None while it is fresh, and for one that was never made.
        is_fresh: Whether it changed in time.
    """

    table: str
    within_s: int
    last_at: datetime | None
    stale_since: datetime | None
    is_fresh: bool


def freshness_of(lake: Lake, now: datetime | None = None) -> list[Freshness]:
    """Judge every table for which `fresh_within` is declared, in the order of the flow.

    Args:
        lake: The lake.
        now: The time; the default is now.
    """
    at = now or datetime.now(UTC)
    return [_judged(lake, ref, within_s, at) for ref, within_s in _declared(lake)]


def _declared(lake: Lake) -> Iterator[tuple[TableRef, int]]:
    for dataset in lake.declarations.datasets:
        if dataset.fresh_within_s:
            yield dataset.table(Zone.TRUSTED), dataset.fresh_within_s
    for each in lake.declarations.transformations:
        if each.fresh_within_s:
            yield each.target, each.fresh_within_s


def _judged(lake: Lake, ref: TableRef, within_s: int, now: datetime) -> Freshness:
    table = find_table(lake.root, ref)
    note = table.last_note() if table else None
    last_at = datetime.fromisoformat(note.content["at"]) if note else None
    until = last_at + timedelta(seconds=within_s) if last_at else None
    is_fresh = until is not None and now <= until
    return Freshness(str(ref), within_s, last_at, None if is_fresh else until, is_fresh)
