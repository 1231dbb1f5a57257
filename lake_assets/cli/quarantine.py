"""`lake quarantine [DATASET]`: what is set aside, by rule, with a sample."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["quarantine"]

_RULES = ("dataset", "stage", "rule", "rows", "files", "since")


@click.command(
    epilog="""\b
The shape of --json:
  {"rules": [{"dataset", "stage", "rule", "rows", "files", "since"}],
   "sample": [{"file", "_file", "_row", "stage", "rules", "reason", "record", "run_id", "quarantined_at"}],
   "taken_back": [{"at", "run_id", "why", "rows"}]}
sample and taken_back are empty unless a dataset is named.
"""
)
@click.argument("dataset", required=False, default="")
@click.option(
    "--rows", default=10, show_default=True, type=click.IntRange(min=0), help="How many rows to sample."
)
@json_option("one JSON document")
@lake_options
def quarantine(dataset: str, rows: int, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Count what is set aside of a dataset, or of all, by rule; sample it; tell what was taken back.

    Records of datasets with personal columns are not printed.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.cli.set_aside import set_aside_of

    lake = open_lake(root, defs)
    names = [lake.declarations.dataset(dataset).name] if dataset else _all(lake)
    found = set_aside_of(lake, names, rows if dataset else 0)
    if as_json:
        print_json(found)
    else:
        _print(dataset, found)


def _all(lake: Lake) -> list[str]:
    return [dataset.name for dataset in lake.declarations.tables]


def _print(dataset: str, found: dict[str, list[dict[str, object]]]) -> None:
    from lake_assets.cli.output import console, print_table

    if not found["rules"]:
        click.echo("nothing is set aside")
    else:
        columns = ("dataset", "stage", "rule", "#rows", "#files", "since")
        print_table(console(), columns, [[_cell(row[name]) for name in _RULES] for row in found["rules"]])
    for title in ("sample", "taken_back"):
        if found[title]:
            click.echo(f"\n{title.replace('_', ' ')} of {dataset}:")
            heads = list(found[title][0])
            print_table(console(), heads, [[_cell(row[name]) for name in heads] for row in found[title]])


def _cell(value: object) -> str:
    from lake_assets.cli.output import cell_text, time_text

    return time_text(value) if isinstance(value, datetime) else cell_text(value)
