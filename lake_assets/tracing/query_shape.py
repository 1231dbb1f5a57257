"""A query taken apart, so that it can be asked which rows of its inputs go into one row that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from lake_assets.declarations.sql_query import parse_query
from lake_assets.errors import QueryError

__all__ = ["QueryShape", "columns_behind", "expression_of", "shape_of"]

_DIALECT = "duckdb"
_CLAUSES = ("FROM", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "QUALIFY", "WINDOW", "FETCH")
_TOO_DEEP = (
    *(exp.Subquery, exp.CTE, exp.SetOperation, exp.Window, exp.Qualify, exp.Limit, exp.Offset, exp.Fetch),
    *(exp.Exists, exp.Unnest, exp.Lateral, exp.Pivot),
)


@dataclass(frozen=True)
class QueryShape:
    """One SELECT over joined tables, grouped or not, without another SELECT inside.

    Args:
        tables: Alias and input of each table, in the order of the text.
        body: The text from FROM up to where groups begin: the rows that the query is about.
        columns: What is selected, as written; of a grouped query the expressions it is grouped by.
        keys: The names under which the columns stand in the output, of a grouped query in the order of `columns`.
        is_grouped: Whether rows are aggregated.
    """

    tables: tuple[tuple[str, str], ...]
    body: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    is_grouped: bool


def shape_of(sql: str) -> QueryShape | None:
    """Take a query apart; None when it is of another shape.

    Args:
        sql: Over the plain names of its inputs.

    >>> shape = shape_of("SELECT o.city, SUM(x) AS total FROM orders AS o WHERE x > 0 GROUP BY o.city")
    >>> shape.body, shape.columns, shape.keys
    ('FROM orders AS o WHERE x > 0', ('o.city',), ('city',))
    """
    try:
        tree = parse_query(sql, "query").tree
    except QueryError:
        return None
    if not isinstance(tree, exp.Select) or tree.find(*_TOO_DEEP) or tree.args.get("with_"):
        return None
    tables = _tables(tree)
    clauses = _clauses(sql)
    if tables is None or "FROM" not in clauses or isinstance(_distinct(tree), exp.Tuple):
        return None
    is_grouped = "GROUP BY" in clauses or any(each.find(exp.AggFunc) for each in tree.expressions)
    if not is_grouped:
        return QueryShape(tables, clauses["FROM"], (clauses["SELECT"],), (), is_grouped=False)
    return _grouped(tree, tables, clauses)


def _grouped(
    tree: exp.Select, tables: tuple[tuple[str, str], ...], clauses: dict[str, str]
) -> QueryShape | None:
    group = tree.args.get("group")
    if group is not None and (group.args.get("all") or len(group.args.get("expressions", ())) == 0):
        return None
    by = group.expressions if group is not None else []
    selected = {each.alias_or_name: each.unalias() for each in tree.expressions}
    named = [_name_of(each, selected, tree) for each in by]
    if any(name is None for name in named):
        return None
    keys = tuple(name for name in named if name is not None)
    texts = tuple(selected[name].sql(dialect=_DIALECT) for name in keys)
    return QueryShape(tables, clauses["FROM"], texts, keys, is_grouped=True)


def _name_of(by: exp.Expr, selected: dict[str, exp.Expr], tree: exp.Select) -> str | None:
    """Under which name what a query is grouped by stands in its output: by place, by alias, or as it is written."""
    if isinstance(by, exp.Literal) and by.is_int:
        place = int(by.this) - 1
        return tree.expressions[place].alias_or_name if place < len(tree.expressions) else None
    as_written = next((name for name, each in selected.items() if each == by), None)
    if as_written is None and isinstance(by, exp.Column) and not by.table:
        return by.name if by.name in selected else None
    return as_written


def _distinct(tree: exp.Select) -> object:
    found = tree.args.get("distinct")
    return found.args.get("on") if found is not None else None


def _tables(tree: exp.Select) -> tuple[tuple[str, str], ...] | None:
    """Alias and name of every table; None where something else is joined, or a join that keeps no columns."""
    start = tree.args.get("from_")
    joins = tree.args.get("joins") or []
    sides = {str(join.args.get("kind") or join.args.get("side") or "").upper() for join in joins}
    sources = [*([start.this] if start is not None else []), *(join.this for join in joins)]
    if not sources or sides & {"SEMI", "ANTI"} or not all(isinstance(each, exp.Table) for each in sources):
        return None
    return tuple((each.alias_or_name, each.name) for each in sources)


def _clauses(sql: str) -> dict[str, str]:
    """The text of each clause of a query, from its keyword up to the next one; SELECT without its keyword."""
    tokens = sqlglot.tokenize(sql, dialect=_DIALECT)
    heads = [("", tokens[0].start), *_heads(tokens), ("", len(sql))]
    found = {name: sql[start:end].strip() for (name, start), (_, end) in pairwise(heads) if name}
    select = found.get("SELECT", "")
    words = select.removeprefix("SELECT").removeprefix("select").strip()
    bare = words[len("DISTINCT") :].strip() if words.upper().startswith("DISTINCT") else words
    return {**found, "SELECT": bare}


def _heads(tokens: list[Token]) -> list[tuple[str, int]]:
    depth, heads, before = 0, dict[str, int](), ""
    for token in tokens:
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        text = " ".join(token.text.upper().split())
        # `IS DISTINCT FROM` begins no clause.
        if depth == 0 and text in {"SELECT", *_CLAUSES} and before != "DISTINCT":
            heads.setdefault(text, token.start)
        before = text
    return sorted(heads.items(), key=lambda head: head[1])


def expression_of(sql: str, name: str) -> str:
    """What a query selects under a name, as one line; empty where it does not say.

    >>> expression_of("SELECT a.x + 1 AS y FROM a", "y")
    'a.x + 1'
    """
    found = _selected(sql, name)
    return found.sql(dialect=_DIALECT) if found is not None else ""


def columns_behind(sql: str, name: str) -> list[tuple[str, str]]:
    """Table and name of each column in what a query selects under a name; none where tables are not certain.

    >>> columns_behind("SELECT a.x + b.z AS y FROM t AS a JOIN u AS b ON a.i = b.i", "y")
    [('t', 'x'), ('u', 'z')]
    """
    found = _selected(sql, name)
    shape = parse_query(sql, "query").tree if found is not None else None
    tables = _tables(shape) if isinstance(shape, exp.Select) else None
    if found is None or tables is None:
        return []
    named = dict(tables)
    only = tables[0][1] if len(tables) == 1 else ""
    columns = [
        (named.get(each.table, "") if each.table else only, each.name) for each in found.find_all(exp.Column)
    ]
    return list(dict.fromkeys(columns)) if all(table for table, _ in columns) else []


def _selected(sql: str, name: str) -> exp.Expr | None:
    try:
        tree = parse_query(sql, "query").tree
    except QueryError:
        return None
    if not isinstance(tree, exp.Select):
        return None
    return next((each.unalias() for each in tree.expressions if each.alias_or_name == name), None)
