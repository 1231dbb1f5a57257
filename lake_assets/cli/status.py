"""`lake status`: what has come in, what waits, which rules stand broken."""

from __future__ import annotations

from dataclasses import asdict

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["STALE", "status"]

STALE = 4


@click.command(
    epilog="""\b
Exit status: 0 all is fresh that is declared `fresh_within`, 4 something is stale.
The shape of --json:
  {"root": text,
   "datasets": [{"source", "dataset", "rows_formatted", "rows_trusted", "rows_quarantined",
                 "files": {"landed", "duplicates", "last_ingested_at", "not_formatted", "not_trusted"},
                 "files_fetched"}],
   "broken_rules": [{"table", "rule_id", "severity", "judged", "broken", "example",
               "first_keys", "measured", "version"}],
   "freshness": [{"table", "within_s", "last_at", "stale_since", "is_fresh"}]}
"""
)
@json_option("one JSON document")
@lake_options
@click.pass_context
def status(ctx: click.Context, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell how each dataset stands, what waits on its way, which rules stand broken, and what is stale.

    Waiting are files fetched but not landed, landed but not formatted, formatted but not judged.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.cli.standing import breaches, dataset_standings
    from lake_assets.cli.status_text import print_status
    from lake_assets.lake import freshness_of

    lake = open_lake(root, defs)
    standings, broken = dataset_standings(lake), breaches(lake)
    judged = freshness_of(lake)
    if as_json:
        datasets = [asdict(standing) for standing in standings]
        rules = [{"table": str(ref), **asdict(verdict)} for ref, verdict in broken]
        told = {"root": lake.root.uri, "datasets": datasets, "broken_rules": rules}
        print_json({**told, "freshness": [asdict(each) for each in judged]})
    else:
        print_status(lake, standings, broken, judged)
    ctx.exit(0 if all(each.is_fresh for each in judged) else STALE)
