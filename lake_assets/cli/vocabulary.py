"""`lake vocabulary DATASET [COLUMN]`: values that are none of the words of their vocabulary, with proposals."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["vocabulary"]

_COLUMNS = ("column", "value", "proposal", "score", "count")
_NONE = "every value of {dataset} is a word of its vocabulary, or was decided about"


@click.command(
    epilog="""\b
The shape of --json, one object a value, the most frequent first:
  [{"column", "value", "proposal": text or null, "score": 0 to 100, "count": rows}]
"""
)
@click.argument("dataset")
@click.argument("column", required=False, default="")
@json_option("one JSON document")
@lake_options
def vocabulary(dataset: str, column: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """List what is none of the words of its vocabulary, with the nearest word and in how many rows it stands.

    Nothing is changed: record what is right with `lake decide`.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import cell_text, console, print_json, print_table

    lake = open_lake(root, defs)
    found = [asdict(each) for each in lake.suggestions(dataset, column)]
    if as_json:
        print_json(found)
    elif not found:
        click.echo(_NONE.format(dataset=dataset))
    else:
        rows = [[cell_text(each[name]) for name in _COLUMNS] for each in found]
        print_table(console(), ("column", "value", "proposal", "#score", "#rows"), rows)
