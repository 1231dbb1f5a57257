"""Lineage for people, as trees of lines, and for programs, as edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from lake_assets.lineage import Branch, Edge, LakeLineage, edges_of, edges_to_rows
from lake_assets.model import ALL_ROWS, ColumnRef, TableRef

__all__ = ["edge_document", "edge_text", "lineage_document", "print_trees"]


def lineage_document(
    lineage: LakeLineage, asked: str, columns: Sequence[ColumnRef], trees: Sequence[Branch], *, is_up: bool
) -> dict[str, object]:
    """What `--json` prints.

    Args:
        lineage: Of the lake.
        asked: As the user named it.
        columns: What that stands for.
        trees: Of these columns.
        is_up: Whether they lead to the source.
    """
    edges = edges_of(trees)
    return {
        "asked": asked,
        "direction": "up" if is_up else "down",
        "columns": [str(each) for each in columns],
        "edges": [edge_document(each) for each in edges],
        "opaque": {str(ref): list(why) for ref, why in _opaque(lineage, edges, columns).items()},
    }


def edge_document(edge: Edge) -> dict[str, object]:
    """An edge for programs."""
    return {
        "from": str(edge.origin),
        "to": str(edge.target),
        "type": "DIRECT" if edge.is_direct else "INDIRECT",
        "subtypes": [way.value for way in edge.ways],
        "is_opaque": edge.is_opaque,
        "note": edge.note,
    }


def print_trees(lineage: LakeLineage, trees: Sequence[Branch], *, is_up: bool, tells_rows: bool) -> None:
    """Print trees, one below the other.

    Args:
        lineage: Of the lake.
        trees: The trees.
        is_up: Whether they lead to the source.
        tells_rows: Whether what decides about the rows of tables is told below, table by table.
    """
    for each in trees:
        if each.branches or each.column.column != ALL_ROWS:
            click.echo("\n".join(_lines(each)))
    if not any(each.branches for each in trees):
        click.echo("nothing is known before it" if is_up else "nothing is made of it")
    if tells_rows:
        _print_rows(lineage, trees)
    for ref, why in _opaque(lineage, edges_of(trees), [each.column for each in trees]).items():
        click.echo(f"opaque in {ref}: {'; '.join(why)}")


def _print_rows(lineage: LakeLineage, trees: Sequence[Branch]) -> None:
    """What decides about the rows of the tables that were told of."""
    for ref in _tables(trees):
        edges = edges_to_rows(lineage, ref)
        if edges:
            told = ", ".join(f"{edge.origin} ({_ways(edge)})" for edge in edges)
            click.echo(f"which rows {ref} has depends on: {told}")


def _tables(trees: Iterable[Branch]) -> list[TableRef]:
    found: dict[TableRef, None] = {}
    for each in trees:
        found[each.column.table] = None
        found.update(dict.fromkeys(_tables(each.branches)))
    return list(found)


def _lines(branch: Branch) -> Iterator[str]:
    yield _name(branch)
    yield from _hanging(branch.branches, "")


def _hanging(branches: Sequence[Branch], indent: str) -> Iterator[str]:
    for place, each in enumerate(branches, start=1):
        is_last = place == len(branches)
        seen = "  (see above)" if each.is_told_above else ""
        yield f"{indent}{'└── ' if is_last else '├── '}{_name(each)}{edge_text(each.edge)}{seen}"
        yield from _hanging(each.branches, indent + ("    " if is_last else "│   "))


def _name(branch: Branch) -> str:
    if branch.column.column == ALL_ROWS:
        return f"the rows of {branch.column.table}"
    return str(branch.column)


def edge_text(edge: Edge | None) -> str:
    """In which ways a column hangs on another; nothing for the rows of its own table."""
    if edge is None:
        return ""
    more = [*(["opaque"] if edge.is_opaque else []), *([edge.note] if edge.note else [])]
    return "  " + "; ".join([_ways(edge), *more])


def _ways(edge: Edge) -> str:
    return ", ".join(way.value.lower().replace("_", " ") for way in edge.ways)


def _opaque(
    lineage: LakeLineage, edges: Iterable[Edge], columns: Iterable[ColumnRef]
) -> dict[TableRef, tuple[str, ...]]:
    """What could not be looked into in the tables that are told of."""
    tables = dict.fromkeys([*(each.table for each in columns), *(edge.target.table for edge in edges)])
    return {ref: why for ref in tables if (why := lineage.of(ref).opaque)}
