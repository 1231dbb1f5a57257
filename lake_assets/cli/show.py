"""`lake show TABLE`: what a table holds, what its columns mean, where its newest rows come from."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["show"]


@click.command(
    epilog="""\b
The shape of --json:
  {"table", "owner", "version", "rows", "files", "size_bytes",
   "columns": [{"name", "type", "meaning", "is_personal", "terms": [name]}],
   "last_commit": {"version", "at", "run_id", "code_version", "git_sha", "inputs": {table: version},
                   "rows_in", "rows_out", "rows_quarantined", "rows_merged", "seconds",
                   "verdicts": [{"rule_id", "severity", "judged", "broken", "example",
               "first_keys", "measured", "version"}],
                   "cleaned": [{"step", "kind", "column", "changed", "lost"}]} or null,
   "first_rows": [{column: value}]}
"""
)
@click.argument("table")
@click.option(
    "--rows", default=10, show_default=True, type=click.IntRange(min=0), help="How many rows to print."
)
@click.option("--version", type=click.IntRange(min=0), help="As it was at this version. Default: the newest.")
@json_option("one JSON document")
@lake_options
def show(
    table: str, rows: int, version: int | None, root: str | None, defs: str | None, *, as_json: bool
) -> None:
    """Describe a table, written zone.table: columns with types and meanings, last commit, first rows.

    Terms of the vocabulary stand in angle brackets, see `lake terms`. Values of columns that are declared personal are
    not printed.
    """
    from lake_assets.cli.description import describe
    from lake_assets.cli.description_text import print_description
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    with naming_near_tables(lake, table):
        description = describe(lake, table, rows, version)
    if as_json:
        print_json(description)
    else:
        print_description(lake, description)
