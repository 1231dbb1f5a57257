"""`lake profile [TABLE]`: what a table holds, column by column, and what drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lake import Lake
    from lake_assets.profiles import TableProfile

__all__ = ["profile"]


@click.command(
    epilog="""\b
The shape of --json, of one table, or a list of it without TABLE:
  {"table", "version", "rows", "sampled", "at", "run_id", "seconds", "keys": [[column]],
   "columns": [{"name", "type", "meaning", "is_personal", "nulls", "distinct", "minimum", "maximum", "mean", "std",
                "quantiles": [number], "histogram": {"low", "high", "counts"} or null,
                "top": [{"value", "count"}], "patterns": [{"pattern", "count"}],
                "drift": {"version", "psi", "ks", "reading"} or null}]}
"""
)
@click.argument("table", required=False, default="")
@json_option("one JSON document")
@lake_options
def profile(table: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Profile a table, written zone.table, or every trusted and exploitation table that changed since.

    Nulls, least and greatest values, mean and deviation are of all rows; different values are counted approximately in
    large tables; quantiles, frequent values and shapes are from a sample. Profiles are kept in governance.profiles,
    and each is held against the one before. Of personal columns no value is looked at.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.profiles import as_document

    lake = open_lake(root, defs)
    made = [_of(lake, table)] if table else _of_changed(lake)
    if as_json:
        documents = [as_document(each) for each in made]
        print_json(documents[0] if table else documents)
        return
    for each in made:
        _print(each)
    if not made:
        click.echo("nothing changed since the tables were profiled; name one to see its profile")


def _of(lake: Lake, table: str) -> TableProfile:
    from lake_assets.cli.names import naming_near_tables
    from lake_assets.lake import profile_of

    with naming_near_tables(lake, table):
        return profile_of(lake, table, _run_id())


def _of_changed(lake: Lake) -> list[TableProfile]:
    from lake_assets.lake import profile_tables, profiled_tables

    return profile_tables(lake, profiled_tables(lake), _run_id())


def _run_id() -> str:
    from uuid import uuid4

    return uuid4().hex


def _print(made: TableProfile) -> None:
    from lake_assets.cli.output import console, print_table
    from lake_assets.profiles import table_of

    click.echo(
        f"{made.table}, version {made.version}: {made.rows:,} rows, {made.sampled:,} of them in the sample, "
        f"{made.seconds:.2f} s"
    )
    if made.keys:
        click.echo(f"may identify a row: {'; '.join(', '.join(key) for key in made.keys)}")
    head, rows = table_of(made)
    print_table(console(), head, rows)
    click.echo()
