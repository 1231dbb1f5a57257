"""`lake alerts`: what asks for attention now, told where it is declared to be told."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["alerts"]


@click.command(
    epilog="""\b
Exit status: 0 all is told, 1 a webhook did not take an alert.
The shape of --json, a list of what asks for attention now:
  {"kind": "block", "drift" or "stale", "table", "what", "mend"}
"""
)
@json_option("one JSON document")
@lake_options
@click.pass_context
def alerts(ctx: click.Context, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Look for what asks for attention, and tell the webhooks of alerts.yaml what changed since they were told last.

    `lake ingest` and each run of Dagster does so too; this one, given every so often, notices what is stale when
    nothing runs.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import console, print_json, print_table
    from lake_assets.lake import problems_of, tell_alerts

    lake = open_lake(root, defs)
    found, troubles = problems_of(lake), tell_alerts(lake)
    for trouble in troubles:
        click.echo(str(trouble), err=True)
    if as_json:
        print_json([asdict(each) for each in found])
    elif found:
        rows = [[each.kind.value, each.table, each.what, each.mend] for each in found]
        print_table(console(), ("kind", "table", "what", "to mend"), rows)
    else:
        click.echo("nothing asks for attention")
    ctx.exit(1 if troubles else 0)
