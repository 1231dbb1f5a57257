"""The tables of a query, found in the parsed tree and given plain names in the written text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlglot import exp

from lake_assets.declarations.sql_query import Query
from lake_assets.declarations.sql_scope import visible_ctes
from lake_assets.errors import LakeError, near_names
from lake_assets.model import TableRef, Zone

__all__ = ["name_tables"]

_Edit = tuple[int, int, str]


def name_tables(query: Query) -> tuple[str, dict[str, TableRef]]:
    """Give each table of a query a plain name; see `lake_assets.declarations.name_inputs`.

    A table without an alias is given its own name as one, so that columns may go on being qualified by it.

    Raises:
        QueryError: When a table is not written `zone.table`, or two are called alike.
    """
    tables = sorted(_lake_tables(query), key=lambda table: _start(table.this))
    refs = [_ref(query, table) for table in tables]
    for table in tables:
        _refuse_twins(query, table)
    edits = [_table_edit(query, table, ref) for table, ref in zip(tables, refs, strict=True)]
    edits += _column_edits(query, {(ref.zone, ref.name) for ref in refs})
    return _edited(query.text, edits), {_plain(ref): ref for ref in refs}


def _lake_tables(query: Query) -> Iterator[exp.Table]:
    for table in query.tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            what = "a function stands for a table here, so that its lineage cannot be known"
            raise query.error_at(_start(table), what, "declare a source and read its trusted table")
        if table.db or table.name.lower() not in visible_ctes(table):
            yield table


def _ref(query: Query, table: exp.Table) -> TableRef:
    parts = [part.name for part in table.parts]
    if len(parts) == 1:
        near = near_names(parts[0], visible_ctes(table) | {f"trusted.{parts[0]}", f"exploitation.{parts[0]}"})
        raise query.error_at(_start(table.this), f"the table {parts[0]!r} has no zone", near)
    try:
        return TableRef.parse(".".join(parts))
    except LakeError as error:
        raise query.error_at(_start(table.parts[0]), error.what, error.mend) from error


def _refuse_twins(query: Query, table: exp.Table) -> None:
    """Refuse two tables of one name in one FROM: their aliases would be the same."""
    select = table.find_ancestor(exp.Select)
    if select is None or table.alias:
        return
    others = [other for other in _joined(select) if other is not table and other.alias_or_name == table.name]
    if others:
        what = f"two tables are called {table.name!r} here"
        raise query.error_at(_start(table.parts[0]), what, "give each an alias: trusted.flights AS t")


def _joined(select: exp.Select) -> list[exp.Expr]:
    clauses = [select.args.get("from_"), *(select.args.get("joins") or [])]
    return [clause.this for clause in clauses if clause is not None]


def _table_edit(query: Query, table: exp.Table, ref: TableRef) -> _Edit:
    start, end = _start(table.parts[0]), _end(table.this)
    name = query.text[_start(table.this) : end]
    return start, end, _plain(ref) if table.alias else f"{_plain(ref)} AS {name}"


def _column_edits(query: Query, known: set[tuple[Zone, str]]) -> list[_Edit]:
    """Drop the zone of `trusted.flights.carrier`."""
    heads = (_qualifiers(column) for column in query.tree.find_all(exp.Column))
    pairs = (pair for head in heads for pair in list(pairwise(head))[:1])
    return [(_start(zone), _start(name), "") for zone, name in pairs if (zone.name, name.name) in known]


def _qualifiers(column: exp.Column) -> Sequence[exp.Identifier]:
    parts = (column.args.get(part) for part in ("catalog", "db", "table"))
    return [part for part in parts if isinstance(part, exp.Identifier)]


def _edited(text: str, edits: list[_Edit]) -> str:
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _plain(ref: TableRef) -> str:
    return f"{ref.zone}__{ref.name}"


def _start(node: exp.Expr) -> int:
    return next((int(part.meta["start"]) for part in node.walk() if "start" in part.meta), 0)


def _end(node: exp.Expr) -> int:
    return int(node.meta["end"]) + 1
