"""How the datasets stand, printed for people."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.cli.output import console, count_text, print_table, quantity, time_text
from lake_assets.cli.places import named_files, with_file_names
from lake_assets.cli.standing import DatasetStanding
from lake_assets.lake import Lake
from lake_assets.model import Severity, TableRef, Verdict

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
    lake: Lake, standings: Sequence[DatasetStanding], broken: Sequence[tuple[TableRef, Verdict]]
) -> None:
    """Print how the datasets stand, then the rules that stand broken."""
    target = console()
    target.print(f"lake {lake.root.uri}\n", soft_wrap=True)
    print_table(target, _COLUMNS, [_cells(standing) for standing in standings])
    names = named_files(lake, [verdict.example for _, verdict in broken])
    for ref, verdict in broken:
        target.print(f"\n{_breach(ref, verdict, with_file_names(verdict.example, names))}", soft_wrap=True)


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
