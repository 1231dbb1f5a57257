"""`lake status`: what has come in, what waits, which rules stand broken."""

from __future__ import annotations

from dataclasses import asdict

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["status"]


@click.command(
    epilog="""\b
The shape of --json:
  {"root": text,
   "datasets": [{"source", "dataset", "rows_formatted", "rows_trusted", "rows_quarantined",
                 "files": {"landed", "duplicates", "last_ingested_at", "not_formatted", "not_trusted"},
                 "files_fetched"}],
   "broken_rules": [{"table", "rule_id", "severity", "judged", "broken", "example",
               "first_keys", "measured", "version"}]}
"""
)
@json_option("one JSON document")
@lake_options
def status(root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell how each dataset stands, what waits on its way, and which rules stand broken.

    Waiting are files fetched but not landed, landed but not formatted, formatted but not judged.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.cli.standing import breaches, dataset_standings
    from lake_assets.cli.status_text import print_status

    lake = open_lake(root, defs)
    standings, broken = dataset_standings(lake), breaches(lake)
    if not as_json:
        print_status(lake, standings, broken)
        return
    datasets = [asdict(standing) for standing in standings]
    rules = [{"table": str(ref), **asdict(verdict)} for ref, verdict in broken]
    print_json({"root": lake.root.uri, "datasets": datasets, "broken_rules": rules})
