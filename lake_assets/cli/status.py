"""`lake status`: what has come in, what waits, which rules stand broken."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.cli.standing import DatasetStanding
    from lake_assets.model import TableRef, Verdict

__all__ = ["status"]


@click.command(
    epilog="""\b
The shape of --json:
  {"root": text,
   "datasets": [{"source", "dataset", "rows_formatted", "rows_trusted", "rows_quarantined",
                 "files": {"landed", "duplicates", "last_ingested_at", "not_formatted", "not_trusted"},
                 "files_fetched"}],
   "broken_rules": [{"table", "rule_id", "severity", "judged", "broken", "example"}]}
"""
)
@json_option("one JSON document")
@lake_options
def status(root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell how each dataset stands, what waits on its way, and which rules stand broken.

    Waiting are files fetched but not landed, landed but not formatted, formatted but not judged.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.cli.standing import broken_rules, dataset_standings
    from lake_assets.model import Zone

    lake = open_lake(root, defs)
    standings = dataset_standings(lake)
    broken: dict[TableRef, tuple[Verdict, ...]] = {
        ref: broken_rules(lake, ref)
        for ref in (
            *(dataset.table(Zone.TRUSTED) for dataset in lake.declarations.datasets),
            *(each.target for each in lake.declarations.transformations),
        )
    }
    if as_json:
        print_json(_document(lake.root.uri, standings, broken))
    else:
        _print(lake.root.uri, standings, broken)


def _document(
    root: str, standings: list[DatasetStanding], broken: dict[TableRef, tuple[Verdict, ...]]
) -> dict[str, object]:
    rules = [
        {"table": str(ref), **asdict(verdict)} for ref, verdicts in broken.items() for verdict in verdicts
    ]
    return {"root": root, "datasets": [asdict(standing) for standing in standings], "broken_rules": rules}


def _print(root: str, standings: list[DatasetStanding], broken: dict[TableRef, tuple[Verdict, ...]]) -> None:
    from lake_assets.cli.output import console, print_table

    click.echo(f"lake {root}\n")
    columns = (
        "source",
        "dataset",
        "#landed",
        "#duplicate",
        "last ingested",
        "#formatted",
        "#trusted",
        "#quarantined",
    )
    print_table(console(), (*columns, "waiting"), [_cells(standing) for standing in standings])
    for ref, verdicts in broken.items():
        for verdict in verdicts:
            click.echo(f"\n{_broken_text(ref, verdict)}")


def _cells(standing: DatasetStanding) -> tuple[str, ...]:
    from lake_assets.cli.output import count_text, time_text

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
        _waiting_text(standing),
    )


def _waiting_text(standing: DatasetStanding) -> str:
    files = standing.files
    counts = {
        "to land": standing.files_fetched,
        "to format": files.not_formatted,
        "to judge": files.not_trusted,
    }
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "-"


def _broken_text(ref: TableRef, verdict: Verdict) -> str:
    """What a broken rule says, as in `show` and in Dagster."""
    first = f" (first: {verdict.example})" if verdict.example else ""
    effect = {"block": "blocks what is downstream", "quarantine": "set aside", "warn": "warning"}[
        verdict.severity
    ]
    rows = f"{verdict.broken:,} of {verdict.judged:,} rows"
    return f"{rows} break the rule '{verdict.rule_id}'{first}\n  at: table {ref}\n  effect: {effect}"
