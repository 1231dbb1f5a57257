"""`lake joins TABLE[.COLUMN]`: what joins with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.discovery import Join

__all__ = ["joins"]


@click.command(
    epilog="""\b
The shape of --json:
  [{"table", "columns": [...], "to", "to_columns": [...], "known_by": "rule" or "values", "rule_id",
    "matched": share from 0 to 1, or null}]
"""
)
@click.argument("name", metavar="TABLE[.COLUMN]")
@json_option("a JSON list")
@lake_options
def joins(name: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell what joins with a table, written zone.table, or with one of its columns, and how well.

    First what a rule says (`references`), then columns that hold keys of another table, as profiles and values show.
    The share is that of different values looked at, at most 10,000, that are found on the other side.
    """
    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    zone, _, rest = name.partition(".")
    table, _, column = rest.partition(".")
    found = lake.joins(f"{zone}.{table}", column)
    if as_json:
        print_json([_document(each) for each in found])
    else:
        _print(name, found)


def _document(join: Join) -> dict[str, object]:
    return {
        "table": str(join.table),
        "columns": list(join.columns),
        "to": str(join.to),
        "to_columns": list(join.to_columns),
        "known_by": join.known_by,
        "rule_id": join.rule_id,
        "matched": join.matched,
    }


def _print(name: str, found: list[Join]) -> None:
    from lake_assets.cli.output import console, print_table

    if not found:
        click.echo(f"nothing is known to join with {name}")
        return
    rows = [
        [
            f"{each.table} ({', '.join(each.columns)})",
            f"{each.to} ({', '.join(each.to_columns)})",
            "-" if each.matched is None else f"{each.matched:.1%}",
            each.rule_id or each.known_by,
        ]
        for each in found
    ]
    print_table(console(), ["column", "holds keys of", "#found there", "known by"], rows)
