"""How every declared table stands after an ingest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lake_assets.cli.output import print_table
from lake_assets.wording import count_text

if TYPE_CHECKING:
    from rich.console import Console

    from lake_assets.lake import IngestReport, Lake
    from lake_assets.model import TableRef, Verdict

__all__ = ["TableStanding", "print_summary", "rows_quarantined", "table_standings"]


@dataclass(frozen=True)
class TableStanding:
    """One line of the summary.

    Args:
        ref: The table.
        rows: Its rows; None when it is not there.
        rows_quarantined: Rows that stand in quarantine because of it.
        verdicts: How its rules came out when it changed last.
        seconds: What its steps took in this run; None when it was not worked on.
    """

    ref: TableRef
    rows: int | None
    rows_quarantined: int
    verdicts: tuple[Verdict, ...]
    seconds: float | None

    @property
    def checks(self) -> str:
        """How many rules hold, are broken, and are broken with a mere warning.

        The three counts in words; `-` when no rule was judged.
        """
        counts = Counter(_outcome(verdict) for verdict in self.verdicts)
        words = [f"{counts[word]} {word}" for word in ("passed", "failed", "warned") if counts[word]]
        return ", ".join(words) or "-"


def _outcome(verdict: Verdict) -> str:
    if verdict.is_kept:
        return "passed"
    return "warned" if verdict.severity == "warn" else "failed"


def print_summary(target: Console, lake: Lake, report: IngestReport) -> None:
    """Print the closing table of an ingest."""
    columns = ("table", "#rows", "#quarantined", "checks", "#seconds")
    print_table(target, columns, [_cells(standing) for standing in table_standings(lake, report)])


def _cells(standing: TableStanding) -> tuple[str, ...]:
    seconds = "-" if standing.seconds is None else f"{standing.seconds:.2f}"
    quarantined = count_text(standing.rows_quarantined)
    return (str(standing.ref), count_text(standing.rows), quarantined, standing.checks, seconds)


def table_standings(lake: Lake, report: IngestReport) -> list[TableStanding]:
    """How every declared table stands, in the order of the flow."""
    spent: defaultdict[tuple[str, str], float] = defaultdict(float)
    for step in report.reports:
        if step.is_changed:
            spent[step.zone, step.table] += step.seconds
    return [_standing(lake, ref, spent.get((ref.zone, ref.name))) for ref in _declared_tables(lake)]


def _declared_tables(lake: Lake) -> Iterator[TableRef]:
    from lake_assets.model import Zone

    yield from (dataset.table(Zone.FORMATTED) for dataset in lake.declarations.datasets)
    yield from (dataset.table(Zone.TRUSTED) for dataset in lake.declarations.tables)
    yield from (transformation.target for transformation in lake.declarations.transformations)


def _standing(lake: Lake, ref: TableRef, seconds: float | None) -> TableStanding:
    from lake_assets.storage.table import find_table
    from lake_assets.zones.trusted import standing_verdicts

    table = find_table(lake.root, ref)
    rows = table.row_count if table else None
    return TableStanding(ref, rows, rows_quarantined(lake, ref), standing_verdicts(lake.root, ref), seconds)


def rows_quarantined(lake: Lake, ref: TableRef) -> int:
    """How many rows stand in quarantine because a zone set them aside, and were not taken back."""
    import polars as pl

    from lake_assets.model import TableRef, Zone
    from lake_assets.storage.table import find_table
    from lake_assets.zones.quarantine import open_rows

    table = find_table(lake.root, TableRef(Zone.QUARANTINE, ref.name))
    if table is None or ref.zone is Zone.EXPLOITATION:
        return 0
    return int(open_rows(table, ref.zone).select(pl.len()).collect().item())
