"""`lake why TABLE.COLUMN` and `lake why TABLE --where PREDICATE`: why a column or a row is as it is."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake
from lake_assets.cli.trace import TRACE_SHAPE

__all__ = ["why"]

_PARTS = 2


@click.command(
    epilog=f"""\b
The shape of --json, of a column:
  {{"table", "version", "column", "type", "description", "unit", "is_personal", "declared_at", "elements": [name],
   "layout", "expression", "inputs": [name], "cleaning": [text],
   "rules": [{{"rule_id", "version", "severity", "sentence", "owner", "reason", "judged", "broken", "declared_at",
     "changes": [CHANGE]}}],
   "commits": [COMMIT], "rows", "nulls", "rescued", "changes": [CHANGE]}}
of rows, a list of:
  {{"fate": "stands", "set aside", "superseded", "left" or "waits", "sentence", "trace": TRACE,
   "instead": [[column, value]],
   "rules": [{{"rule_id", "version_then", "version_now", "sentence", "severity", "owner", "reason", "declared_at",
     "changes": [CHANGE]}}]}}
with CHANGE {{"git_sha", "at", "who", "why"}} and TRACE:
{TRACE_SHAPE}
"""
)
@click.argument("name", metavar="TABLE[.COLUMN]")
@click.option("--where", metavar="PREDICATE", default="", help="Which rows, in SQL over the table's columns.")
@click.option(
    "--limit", default=5, show_default=True, type=click.IntRange(min=1), help="So many rows of each sort."
)
@json_option("one JSON document")
@lake_options
def why(name: str, where: str, limit: int, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell why a column, written zone.table.column, or rows of a table are as they are.

    Of a column: what it means, what it is made by and of, which rules are on it, what is missing in it, what changed it
    last. Of rows: which stand, which were set aside by which rule, who owns and who changed the rule, which gave way to
    a later one. Personal values are not printed.
    """
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import console, print_json
    from lake_assets.cli.plain import plain
    from lake_assets.cli.why_text import column_lines, reason_lines

    lake = open_lake(root, defs)
    table, _, column = ("" if where else name).rpartition(".")
    if not where and table.count(".") != _PARTS - 1:
        raise click.UsageError("name a column as zone.table.column, or choose rows of a table by --where")
    with naming_near_tables(lake, name if where else table):
        found = lake.why_rows(name, where, limit) if where else lake.why(table, column)
    if as_json:
        print_json(plain(found))
        return
    lines = (
        [line for each in found for line in (*reason_lines(each), "")] if isinstance(found, list) else None
    )
    target = console()
    for line in column_lines(found) if not isinstance(found, list) else lines or ["no record is like that"]:
        target.print(line, soft_wrap=True)
