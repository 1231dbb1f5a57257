"""`lake impact NAME`: all that moves when a column or an element of a source changes, and what breaks without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lineage import Impact

__all__ = ["impact"]


@click.command(
    epilog="""\b
The shape of --json:
  {"asked", "columns": ["zone.table.column"], "tables": ["zone.table"],
   "moves": [{"from", "to", "type", "subtypes": [...], "is_opaque", "note"}],
   "rules": [{"table", "rule_id", "severity", "columns"}],
   "consumers": {table: [who]}, "breaks": [{"table", "what"}]}
"""
)
@click.argument("name", metavar="NAME")
@json_option("one JSON document")
@lake_options
def impact(name: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell what follows from a change of a column: zone.table.column, dataset.element or source.dataset.element.

    The columns and tables that move with its values, the rules that name them, who uses these tables; and what can no
    longer be made when the column is gone. A file that lacks an element breaks nothing: its column is null.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.lineage import columns_named, impact_of

    seen = open_lake(root, defs).lineage
    found = impact_of(seen, columns_named(seen, name))
    if as_json:
        print_json({"asked": name, **_document(found)})
    else:
        _print(name, found)


def _document(found: Impact) -> dict[str, object]:
    from lake_assets.cli.lineage_text import edge_document

    return {
        "columns": [str(each) for each in found.asked],
        "tables": [str(each) for each in found.tables],
        "moves": [edge_document(each) for each in found.moved],
        "rules": [
            {
                "table": str(each.table),
                "rule_id": each.rule_id,
                "severity": each.severity,
                "columns": list(each.columns),
            }
            for each in found.rules
        ],
        "consumers": {str(table): list(who) for table, who in found.consumers.items()},
        "breaks": [{"table": str(each.table), "what": each.what} for each in found.broken],
    }


def _print(name: str, found: Impact) -> None:
    from lake_assets.cli.lineage_text import edge_text
    from lake_assets.cli.output import console, print_table
    from lake_assets.wording import quantity

    if not found.moved:
        click.echo(f"nothing is made of {name}")
    rows = [
        [str(edge.target.table), _column(edge.target.column), edge_text(edge).strip(), str(edge.origin)]
        for edge in found.moved
    ]
    if rows:
        names = ", ".join(map(str, found.tables))
        click.echo(f"{quantity(len(found.tables), 'table')} with something that moves: {names}")
        print_table(console(), ["table", "column", "how", "from"], rows)
    for each in found.rules:
        click.echo(f"rule {each.rule_id} of {each.table} ({each.severity}) names {', '.join(each.columns)}")
    for table, who in found.consumers.items():
        click.echo(f"{table} is used by {', '.join(who)}")
    for breakage in found.broken:
        click.echo(f"without it {breakage.table} cannot be made: {breakage.what}")


def _column(name: str) -> str:
    return "all columns" if name == "*" else name
