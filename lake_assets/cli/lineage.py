"""`lake lineage TABLE[.COLUMN]`: where values come from, up to the elements of files, or what is made of them."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["lineage"]


@click.command(
    epilog="""\b
The shape of --json:
  {"asked", "direction": "up" or "down", "columns": ["zone.table.column"],
   "edges": [{"from", "to", "type", "subtypes": [...], "is_opaque", "note"}],
   "opaque": {table: [what could not be looked into]}}
In "from" and "to", a column * stands for the rows of a table: all of its columns depend on what they depend on.
"""
)
@click.argument("name", metavar="TABLE[.COLUMN]")
@click.option(
    "--up/--down",
    "is_up",
    default=True,
    help="What it depends on, up to the source; or what depends on it. Default: --up",
)
@click.option(
    "--rows",
    "with_rows",
    is_flag=True,
    help="Follow also what decides which rows a table has: joins, filters, groups. --json always does.",
)
@json_option("one JSON document")
@lake_options
def lineage(
    name: str, root: str | None, defs: str | None, *, is_up: bool, with_rows: bool, as_json: bool
) -> None:
    """Tell what a column depends on, across all zones, as a tree.

    Name a table as zone.table, a column as zone.table.column, an element of a source's files as dataset.element or
    source.dataset.element. Nothing needs to have run: functions and queries are looked at over empty tables. A
    function that cannot be looked into is marked opaque: it may depend on all that goes in.
    """
    from lake_assets.cli.lineage_text import lineage_document, print_trees
    from lake_assets.cli.output import print_json
    from lake_assets.lineage import columns_named, trees_down, trees_up

    seen = open_lake(root, defs).lineage
    columns = columns_named(seen, name)
    is_short = is_up and not (with_rows or as_json)
    trees = trees_up(seen, columns, with_rows=not is_short) if is_up else trees_down(seen, columns)
    if as_json:
        print_json(lineage_document(seen, name, columns, trees, is_up=is_up))
    else:
        print_trees(seen, trees, is_up=is_up, tells_rows=is_short)
