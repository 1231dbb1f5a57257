"""`lake operations [TABLE]`: what costs most, what fails most, and which way it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lake_assets.lake import Lake, TableCosts

__all__ = ["operations"]

_LAST = 20


@click.command(
    epilog="""\b
The shape of --json, a list of one for each table, the dearest first:
  {"table", "steps", "failures", "cpu_s", "seconds", "typical_s", "trend", "peak_bytes", "bytes_read", "bytes_written",
   "files", "rows_in", "rows_quarantined", "breaches", "last_at"}
and with TABLE, a list of its steps, the newest first:
  {"run_id", "table", "outcome": "changed" or "failed", "version", "at", "seconds", "cpu_s", "peak_bytes", "bytes_read",
   "bytes_written", "files", "rows_in", "rows_out", "rows_quarantined", "rows_merged", "rules_broken", "what",
   "size_bytes", "duplicates"}
"""
)
@click.argument("table", required=False, default="")
@json_option("one JSON document")
@lake_options
def operations(table: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell what each table and landing step cost so far, the dearest first; or the steps of one, written zone.table.

    Landing steps are written temporary_landing.DATASET and persistent_landing.DATASET.

    The trend holds the last five steps against up to twenty before: 2x is twice as long. Recorded at the end of each
    run in governance.operations.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import print_json
    from lake_assets.lake import costs_of

    lake = open_lake(root, defs)
    if table:
        _tell_steps(lake, table, as_json=as_json)
        return
    told = costs_of(lake.root)
    if as_json:
        print_json([asdict(each) for each in told])
    elif told:
        _print_costs(told)
    else:
        click.echo("nothing has run yet")


def _tell_steps(lake: Lake, table: str, *, as_json: bool) -> None:
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.cli.output import cell_text, console, print_json, print_table
    from lake_assets.lake import operations_of

    rows = operations_of(lake.root, table)
    if not rows.height:  # never changed: is it there at all?
        with naming_near_tables(lake, table):
            lake.table(table)
    if as_json:
        print_json(rows.to_dicts())
        return
    left_out = {"run_id", "table"}
    is_said = {name for name in rows.columns if rows[name].null_count() < rows.height}
    names = [name for name in rows.columns if name in is_said - left_out]
    head = [name if name in {"outcome", "at", "what"} else f"#{name}" for name in names]
    print_table(
        console(), head, [[cell_text(row[name]) for name in names] for row in rows.head(_LAST).to_dicts()]
    )


def _print_costs(told: Sequence[TableCosts]) -> None:
    from lake_assets.cli.output import console, print_table, time_text
    from lake_assets.wording import bytes_text, count_text

    head = ["table", "#steps", "#failed", "#CPU s", "#typical s", "#trend", "#peak", "#read", "#written"]
    head += ["#files", "#rows in", "#set aside", "#breaches", "last"]
    rows = [
        [
            each.table,
            count_text(each.steps),
            count_text(each.failures),
            f"{each.cpu_s:,.2f}",
            "-" if each.typical_s is None else f"{each.typical_s:,.2f}",
            "-" if each.trend is None else f"{each.trend:.1f}x",
            "-" if each.peak_bytes is None else bytes_text(each.peak_bytes),
            *(bytes_text(count) for count in (each.bytes_read, each.bytes_written)),
            *(
                count_text(count)
                for count in (each.files, each.rows_in, each.rows_quarantined, each.breaches)
            ),
            time_text(each.last_at),
        ]
        for each in told
    ]
    print_table(console(), head, rows)
