"""`lake replay DATASET`: what was set aside, judged again by the rules as they are now."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["replay"]

_NONE = "nothing to take back: what is in quarantine still breaks a rule, see `lake quarantine {dataset}`"


@click.command(
    epilog="""\b
Exit status: as `lake ingest`.
The shape of --json: as `lake ingest --json`; the first step is the replay.
"""
)
@click.argument("dataset")
@click.option("--why", required=True, metavar="TEXT", help="Why, for the record.")
@json_option("one JSON document")
@lake_options
@click.pass_context
def replay(
    ctx: click.Context, dataset: str, why: str, root: str | None, defs: str | None, *, as_json: bool
) -> None:
    """Judge again what was set aside of a dataset, and take back what keeps its rules now.

    Run it after a rule was mended. Each row comes back once, however often this is run; the exploitation tables follow.
    """
    from lake_assets.cli.outcome import as_document, complaints, exit_status
    from lake_assets.cli.output import console, print_json, quantity
    from lake_assets.cli.progress import shown_progress

    lake = open_lake(root, defs)
    with shown_progress(console(stderr=True)) as watch:
        report = lake.replay(dataset, why, watch)
    if as_json:
        print_json(as_document(lake.root.uri, report))
    elif report.reports and report.reports[0].zone == "trusted":
        again = report.reports[0]
        overtaken = again.rows_in - again.rows_out
        told = f"{quantity(again.rows_out, 'row')} taken back into trusted.{dataset}"
        told += f", {overtaken:,} overtaken by later rows" if overtaken else ""
        click.echo(told if again.is_changed else _NONE.format(dataset=dataset))
    for complaint in complaints(report):
        click.echo(f"\n{complaint}", err=True)
    ctx.exit(exit_status(report))
