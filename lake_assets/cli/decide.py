"""`lake decide DATASET COLUMN VALUE --as WORD`: which word of a vocabulary a value stands for, on record."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["decide"]


@click.command(
    epilog="""\b
The shape of --json:
  {"decision_id", "kind", "dataset", "column", "value", "decided", "why", "who", "at", "supersedes": id or null}
"""
)
@click.argument("dataset")
@click.argument("column")
@click.argument("value")
@click.option(
    "--as",
    "decided",
    required=True,
    metavar="WORD",
    help="The word that it stands for; the value itself when it is right as it is.",
)
@click.option("--why", required=True, metavar="TEXT", help="Why, for the record.")
@click.option("--who", metavar="NAME", help="Who decides, for the record. Default: who is logged in.")
@json_option("one JSON document")
@lake_options
def decide(  # noqa: PLR0913, PLR0917  (click gives each option as an argument)
    dataset: str,
    column: str,
    value: str,
    decided: str,
    why: str,
    who: str | None,
    root: str | None,
    defs: str | None,
    *,
    as_json: bool,
) -> None:
    """Record which word of its vocabulary a value stands for.

    Batches from now on are cleaned by it, and so is what `lake replay` takes back; rows in the trusted table stay. A
    later decision on the same value takes the place of this one; both stay on record in governance.decisions.
    """
    from dataclasses import asdict
    from getpass import getuser

    from lake_assets.cli.output import print_json

    made = open_lake(root, defs).decide(dataset, column, value, decided, why, who or getuser())
    if as_json:
        print_json(asdict(made))
        return
    instead = f", in place of decision {made.supersedes}" if made.supersedes else ""
    click.echo(
        f"decision {made.decision_id}: {value!r} in {dataset}.{column} stands for {decided!r}{instead}"
    )
