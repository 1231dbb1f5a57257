"""`lake trace TABLE --where PREDICATE`: where rows come from, step by step."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["TRACE_SHAPE", "trace"]

TRACE_SHAPE = """\
  {"table", "version", "row": {column: value},
   "making": {"commit": COMMIT, "declared_at", "code", "is_as_declared", "exactness": "exact", "enough" or "bounded",
     "how", "inputs": [{"table", "version", "rows", "files": [id], "by": {column: value}, "first": [TRACE]}]} or null,
   "judging": {"commit": COMMIT, "is_reproduced",
     "cleaning": [{"step", "kind", "sentence", "changes": [{"column", "before", "after"}], "problem"}],
     "rules": [{"rule_id", "version", "severity", "outcome", "sentence", "owner", "reason", "is_as_declared"}]} or null,
   "decoding": {"commit": COMMIT, "row", "is_as_declared", "decision",
     "mapping": [{"column", "element", "type", "layout"}]} or null,
   "record": {"file_id", "row", "name", "path", "source", "connector", "dataset", "origin", "ingested_at",
     "size_bytes", "sha256", "run_id", "elements": {element: value}, "text", "not_shown"} or null,
   "set_aside": [{"stage", "rules", "versions", "why", "record", "run_id", "at", "readmitted_at", "readmitted_by",
     "readmitted_why"}], "problems": [text]}
with COMMIT {"table", "version", "at", "run_id", "code_version", "git_sha", "inputs": {table: version}, "why"}"""


@click.command(
    epilog=f"""\b
The shape of --json is a list of TRACE:
{TRACE_SHAPE}
Examples:
  lake trace trusted.flights --where "carrier = 'UA' AND flight = 1545"
  lake trace exploitation.delay_by_carrier_day --where "carrier = 'UA' AND departures > 100" --limit 3
"""
)
@click.argument("table")
@click.option(
    "--where", required=True, metavar="PREDICATE", help="Which rows, in SQL over the table's columns."
)
@click.option(
    "--limit",
    default=5,
    show_default=True,
    type=click.IntRange(min=1),
    help="So many rows, and so many rows of each input.",
)
@json_option("one JSON document")
@lake_options
def trace(table: str, where: str, limit: int, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Trace rows of a table, written zone.table, to the records they were made of.

    Of each: commit, run and code, the rules it was judged by, what cleaning changed in it, the mapping, the file and
    the record. A row of an exploitation table is traced through the versions of the inputs that were read for it.
    Personal values are not printed.
    """
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import console, print_json
    from lake_assets.cli.plain import plain
    from lake_assets.cli.trace_text import trace_lines

    lake = open_lake(root, defs)
    with naming_near_tables(lake, table):
        found = lake.trace(table, where, limit)
    if as_json:
        print_json(plain(found))
        return
    target = console()
    for each in found:
        for line in trace_lines(each):
            target.print(line, soft_wrap=True)
        target.print()
    if not found:
        click.echo(
            f"no row of {table} is like that; `lake why {table} --where ...` also looks at what was set aside"
        )
