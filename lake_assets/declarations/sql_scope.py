"""Which common table expressions a place in a query sees."""

from __future__ import annotations

from sqlglot import exp

__all__ = ["visible_ctes"]


def visible_ctes(table: exp.Table) -> set[str]:
    """Names of the CTEs that a table name may stand for, in lower case.

    A CTE sees those before it and, when recursive, itself; the query and what is nested in it see all.
    """
    seen: set[str] = set()
    node: exp.Expr = table
    while (above := node.parent) is not None:
        if isinstance(above, exp.With):
            seen |= _up_to(node, above)
            above = above.parent or above
        elif isinstance(above, exp.Query):
            seen |= {cte.alias.lower() for cte in above.ctes}
        node = above
    return seen


def _up_to(cte: exp.Expr, clause: exp.With) -> set[str]:
    names = [other.alias.lower() for other in clause.expressions]
    end = next(number for number, other in enumerate(clause.expressions) if other is cte)
    return set(names[: end + 1 if clause.recursive else end])
