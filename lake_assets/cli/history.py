"""`lake history TABLE`: what made each version of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.versions import TableVersion

__all__ = ["history"]


@click.command(
    epilog="""\b
The shape of --json is a list, the newest version first:
  [{"version", "at", "kind", "rows", "files_added", "files_removed",
    "schema_changes": [{"kind", "column", "before", "after"}],
    "run_id", "code_version", "git_sha", "inputs": {table: version},
    "verdicts": [{"rule_id", "severity", "judged", "broken", "example", "first_keys", "measured", "version"}],
    "rows_in", "rows_out", "rows_quarantined", "rows_merged", "rows_deleted", "seconds", "write_mode",
    "key": [column], "why", "decoded_again", "decisions": [{"kind", "dataset", "column", "value", "decided", "why",
    "who", "at", "decision_id", "supersedes"}]}]
"""
)
@click.argument("table")
@click.option("--limit", type=click.IntRange(min=1), help="The newest so many versions. Default: all.")
@json_option("one JSON document")
@lake_options
def history(table: str, limit: int | None, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """List the versions of a table, written zone.table, the newest first.

    Each with its run, code, git commit, input versions, the rules in force then and how they came out, rows in, out,
    set aside and merged, columns that changed, and why, for a replay.
    """
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import print_json
    from lake_assets.cli.plain import plain

    lake = open_lake(root, defs)
    with naming_near_tables(lake, table):
        found = lake.history(table)[::-1][:limit]
    if as_json:
        print_json(plain(found))
    else:
        _print(found)


def _print(found: list[TableVersion]) -> None:
    from lake_assets.cli.history_text import COLUMNS, cells, details
    from lake_assets.cli.output import console, print_table

    target = console()
    print_table(target, COLUMNS, [cells(each) for each in found])
    for each in found:
        for line in details(each):
            target.print(line, soft_wrap=True)
