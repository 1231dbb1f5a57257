"""How the datasets stand, printed for people."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.cli.output import console, print_table, time_text
from lake_assets.cli.places import named_files, with_file_names
from lake_assets.cli.standing import DatasetStanding
from lake_assets.lake import Freshness, Lake
from lake_assets.model import Severity, TableRef, Verdict, spell_duration
from lake_assets.wording import count_text, quantity

__all__ = ["print_status"]

_COLUMNS = (
    "source",
    "dataset",
    "#landed",
    "#duplicate",
    "last ingested",
    "#formatted",
    "#trusted",
    "#quarantined",
    "waiting",
)
_EFFECTS = {
    Severity.WARN: "reported only",
    Severity.QUARANTINE: "the rows are in quarantine",
    Severity.BLOCK: "what is downstream is stopped",
}


def print_status(
    lake: Lake,
    standings: Sequence[DatasetStanding],
    broken: Sequence[tuple[TableRef, Verdict]],
    judged: Sequence[Freshness],
) -> None:
    """Print how the datasets stand, then the rules that stand broken, then what is fresh and what is stale."""
    target = console()
    target.print(f"lake {lake.root.uri}\n", soft_wrap=True)
    print_table(target, _COLUMNS, [_cells(standing) for standing in standings])
    names = named_files(lake, [verdict.example for _, verdict in broken])
    for ref, verdict in broken:
        target.print(f"\n{_breach(ref, verdict, with_file_names(verdict.example, names))}", soft_wrap=True)
    for each in judged:
        target.print(f"\n{_freshness(each)}", soft_wrap=True)


def _freshness(judged: Freshness) -> str:
    """How fresh a table is, on a line, and for one that is stale since when."""
    limit = f"at most {spell_duration(judged.within_s)} wanted"
    if judged.last_at is None:
        return f"{judged.table} was never made, {limit}"
    last = f"changed last at {time_text(judged.last_at)}, {limit}"
    state = "is fresh" if judged.is_fresh else f"is stale since {time_text(judged.stale_since)}"
    return f"{judged.table} {state}\n  {last}"


def _cells(standing: DatasetStanding) -> tuple[str, ...]:
    files = standing.files
    return (
        standing.source,
        standing.dataset,
        count_text(files.landed),
        count_text(files.duplicates),
        time_text(files.last_ingested_at),
        count_text(standing.rows_formatted),
        count_text(standing.rows_trusted),
        count_text(standing.rows_quarantined),
        _waiting(standing),
    )


def _waiting(standing: DatasetStanding) -> str:
    files = standing.files
    counts = (
        (standing.files_fetched, "to land"),
        (files.not_formatted, "to format"),
        (files.not_trusted, "to judge"),
    )
    return ", ".join(f"{count:,} {step}" for count, step in counts if count) or "-"


def _breach(ref: TableRef, verdict: Verdict, first: str) -> str:
    rows = f"{verdict.broken:,} of {quantity(verdict.judged, 'row')}"
    example = f" (first: {first})" if first else ""
    effect = f"{verdict.severity}: {_EFFECTS[verdict.severity]}"
    return f"{rows} break the rule '{verdict.rule_id}'{example}\n  at: table {ref}\n  {effect}"
