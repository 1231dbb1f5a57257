"""`lake diff TABLE OLD [NEW]`: what differs between two versions of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.versions import TableDiff

__all__ = ["diff"]


@click.command(
    epilog="""\b
The shape of --json:
  {"table", "old", "new", "key": [column], "schema_changes": [{"kind", "column", "before", "after"}],
   "rows_before", "rows_after", "added", "removed", "changed", "came_again", "files_read", "files_shared",
   "added_rows": [{column: value}], "removed_rows": [{column: value}],
   "changed_rows": [{"key": {column: value}, "cells": [{"column", "before", "after"}]}]}
"""
)
@click.argument("table")
@click.argument("old", type=click.IntRange(min=0))
@click.argument("new", type=click.IntRange(min=0), required=False)
@click.option(
    "--limit",
    default=10,
    show_default=True,
    type=click.IntRange(min=0),
    help="Tell so many rows of each sort.",
)
@json_option("one JSON document")
@lake_options
def diff(
    table: str, old: int, new: int | None, limit: int, root: str | None, defs: str | None, *, as_json: bool
) -> None:
    """Hold two versions of a table, written zone.table, against each other; the newest is the second by default.

    Only data files that one of the two lacks are read. Rows are matched by key, else by file and record. Of personal
    columns it is told that a cell changed, not what it says.
    """
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import print_json
    from lake_assets.cli.plain import plain

    lake = open_lake(root, defs)
    with naming_near_tables(lake, table):
        found = lake.diff(table, old, new, limit)
    if as_json:
        print_json(plain(found))
    else:
        _print(found)


def _print(found: TableDiff) -> None:
    from lake_assets.cli.output import cell_text, console, print_table
    from lake_assets.wording import count_text, quantity

    target = console()
    counts = ", ".join(
        f"{count_text(count)} {name}"
        for name, count in (("added", found.added), ("removed", found.removed), ("changed", found.changed))
    )
    target.print(
        f"{found.table}, version {found.old} to {found.new}: {count_text(found.rows_before)} to "
        f"{quantity(found.rows_after, 'row')}, {counts}",
        soft_wrap=True,
    )
    by = f"rows matched by {', '.join(found.key)}" if found.key else "whole rows matched"
    target.print(
        f"{by}; {quantity(found.files_read, 'file')} read, {count_text(found.files_shared)} shared",
        soft_wrap=True,
    )
    if found.came_again:
        target.print(f"{quantity(found.came_again, 'row')} came again and said the same")
    for change in found.schema_changes:
        kinds = " to ".join(filter(None, (change.before, change.after)))
        target.print(f"column {change.kind}: {change.column} ({kinds})", soft_wrap=True)
    cells = [
        [*map(cell_text, row.key.values()), cell.column, cell_text(cell.before), cell_text(cell.after)]
        for row in found.changed_rows
        for cell in row.cells
    ]
    if cells:
        target.print("\nchanged")
        print_table(target, (*found.key, "column", "before", "after"), cells)
    for title, rows in (("added", found.added_rows), ("removed", found.removed_rows)):
        if rows:
            target.print(f"\n{title}")
            print_table(target, list(rows[0]), [list(map(cell_text, row.values())) for row in rows])
