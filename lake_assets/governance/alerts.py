"""`governance.alerts`: one row for each change of what asks for attention, and where it was told.

The newest row of a subject is how it stands, so that an alert that was told is not told again until it is over. The
table can be deleted: what stands is then told once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["ALERTS", "ALERTS_COLUMNS", "RAISED", "RESOLVED", "ToldAlert", "record_alerts", "standing_alerts"]

ALERTS = TableRef(Zone.GOVERNANCE, "alerts")
RAISED, RESOLVED = "raised", "resolved"

_SCHEMA = pl.Schema(
    {
        "at": pl.Datetime("us", "UTC"),
        "route": pl.String(),
        "kind": pl.String(),
        "table": pl.String(),
        "state": pl.String(),
        "what": pl.String(),
        "run_id": pl.String(),
    }
)
_MEANING = {
    "at": "when it was told, UTC",
    "route": "the environment variable that holds the URL it was sent to",
    "kind": "block, drift, stale or failure",
    "table": "zone.table, or what else it is about",
    "state": "raised, or resolved once it is over",
    "what": "what was wrong",
    "run_id": "the run at whose end it was told",
}

ALERTS_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


@dataclass(frozen=True)
class ToldAlert:
    """An alert that was told.

    Args:
        at: When, UTC.
        route: The name of the environment variable that holds where.
        kind: What it is about.
        table: Of which table.
        state: `raised` or `resolved`.
        what: What was wrong.
        run_id: The run.
    """

    at: datetime
    route: str
    kind: str
    table: str
    state: str
    what: str
    run_id: str


def record_alerts(root: LakeRoot, told: Sequence[ToldAlert]) -> None:
    """Append what was told, in one commit."""

    def decide(_: Table | None) -> Change | None:
        rows = pl.LazyFrame([asdict(each) for each in told], schema=_SCHEMA)
        notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, write_data_files(root, ALERTS, rows), column_notes=notes)

    if told:
        commit(root, ALERTS, decide)


def standing_alerts(root: LakeRoot) -> dict[tuple[str, str, str], str]:
    """What was raised and is not resolved: what was wrong, by route, kind and table."""
    table = find_table(root, ALERTS)
    if table is None:
        return {}
    subject = ("route", "kind", "table")
    rows = table.scan().sort("at").group_by(subject, maintain_order=True).last()
    raised = rows.filter(pl.col("state") == RAISED).select(*subject, "what").collect(engine="streaming")
    return {(route, kind, name): what for route, kind, name, what in raised.iter_rows()}
