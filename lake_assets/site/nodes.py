"""What is written on the nodes of a drawing, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable

from lake_assets.declarations import Declarations
from lake_assets.model import TableRef
from lake_assets.site.drawing import Node
from lake_assets.site.facts import Facts
from lake_assets.site.flow import SOURCE
from lake_assets.site.paths import source_page, table_page
from lake_assets.site.views import Link

__all__ = ["node_link", "nodes_of"]


def node_link(node: str, note: str = "") -> Link:
    """A node as a link."""
    if node.startswith(SOURCE):
        name = node.removeprefix(SOURCE)
        return Link(name, source_page(name), note or "source")
    return Link(node, table_page(TableRef.parse(node)), note)


def nodes_of(
    names: Iterable[str], declarations: Declarations, facts: Facts, prefix: str = ""
) -> dict[str, Node]:
    """The nodes of a drawing.

    Args:
        names: Which.
        declarations: What is declared.
        facts: What was read.
        prefix: From the page of the drawing to the folder of the site.
    """
    return {name: _node(name, declarations, facts, prefix) for name in names}


def _node(name: str, declarations: Declarations, facts: Facts, prefix: str) -> Node:
    link = node_link(name)
    if name.startswith(SOURCE):
        source = declarations.source(link.name)
        files = sum(
            facts.landings[each.name].landed for each in source.datasets if each.name in facts.landings
        )
        note = f"{source.connector} · {_quantity(files, 'file')}"
        return Node(link.name, note, prefix + link.href, "source", f"source {link.name}")
    ref = TableRef.parse(name)
    table = facts.tables.get(ref)
    note = f"{ref.zone.value} · {_quantity(table.rows, 'row') if table else 'not there yet'}"
    return Node(ref.name, note, prefix + link.href, ref.zone.value, name)


def _quantity(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
