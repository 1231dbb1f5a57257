"""`lake personal`: which personal data the lake holds, and where."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["personal"]

_NONE = "no column is declared personal, and profiles found none that tells of persons"


@click.command(
    epilog="""\b
The shape of --json:
  [{"zone", "table", "column", "because": "declared", "made of one", "whole record" or "found",
    "meaning", "owner", "rows": number or null}]
"""
)
@json_option("a JSON list")
@lake_options
def personal(root: str | None, defs: str | None, *, as_json: bool) -> None:
    """List every column that holds personal data, zone by zone, with who answers for it and in how many rows it stands.

    Columns are personal when they are declared so, when their values are made of such a column or they bear its name in
    a table that is made of it, when they hold whole records, or when profiles found values that plainly tell of
    persons. No value is printed.
    """
    from dataclasses import asdict

    from lake_assets.catalog import personal_columns
    from lake_assets.cli.output import console, print_json, print_table
    from lake_assets.wording import count_text

    lake = open_lake(root, defs)
    found = personal_columns(lake.root, lake.declarations)
    if as_json:
        print_json([asdict(each) for each in found])
    elif not found:
        click.echo(_NONE)
    else:
        rows = [
            (
                each.zone,
                each.table,
                each.column,
                _why(each.because, each.meaning),
                each.owner,
                count_text(each.rows),
            )
            for each in found
        ]
        print_table(console(), ("zone", "table", "column", "because", "owner", "#rows"), rows)


def _why(because: str, meaning: str) -> str:
    return f"{because}: {meaning}" if meaning else because
