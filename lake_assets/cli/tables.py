"""`lake tables`: every table there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lake import TableSummary

__all__ = ["tables"]


@click.command(
    epilog="""\b
The shape of --json:
  [{"table": "zone.name", "version", "rows", "columns", "files", "size_bytes"}]
"""
)
@json_option("a JSON list")
@lake_options
def tables(root: str | None, defs: str | None, *, as_json: bool) -> None:
    """List the tables: zone and name, Delta version, rows, columns, files, bytes."""
    from lake_assets.cli.output import console, print_json, print_table

    found = open_lake(root, defs).tables()
    if as_json:
        print_json([_as_document(table) for table in found])
    elif found:
        columns = ("table", "#version", "#rows", "#columns", "#files", "#size")
        print_table(console(), columns, [_cells(table) for table in found])
    else:
        click.echo("no tables yet; `lake ingest` fills the lake")


def _as_document(table: TableSummary) -> dict[str, object]:
    return {
        "table": str(table.ref),
        "version": table.version,
        "rows": table.rows,
        "columns": table.columns,
        "files": table.files,
        "size_bytes": table.size_bytes,
    }


def _cells(table: TableSummary) -> tuple[str, ...]:
    from lake_assets.wording import bytes_text, count_text

    counts = (table.version, table.rows, table.columns, table.files)
    return (str(table.ref), *map(count_text, counts), bytes_text(table.size_bytes))
