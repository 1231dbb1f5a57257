"""Rules as what the standard knows: a metric of its library, or an SQL query that counts the rows that break it.

Only what means the same everywhere is written so; `None` stands for what only we can judge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import cast

from lake_assets.model import Rule, RuleValue

__all__ = ["Check", "statement_of"]

Check = dict[str, object]

_NONE: Check = {"mustBe": 0}
_COUNT = "COUNT(*)"


def statement_of(rule: Rule) -> Check | None:
    """What another tool can judge a rule by.

    Args:
        rule: The rule.

    Returns:
        `metric` or `query` with what must hold of its number; None for a rule that only we can judge.

    >>> statement_of(Rule("a", "not_null", ("price",)))
    {'metric': 'nullValues', 'mustBe': 0}
    >>> statement_of(Rule("a", "ordered", ("start", "end")))["query"]
    'SELECT COUNT(*) FROM ${table} WHERE "start" > "end"'
    """
    state = _STATEMENTS.get(rule.kind)
    return state(rule) if state else None


def _not_null(rule: Rule) -> Check:
    if len(rule.columns) == 1:
        return {"metric": "nullValues", **_NONE}
    return _rows_where(" OR ".join(f"{_name(column)} IS NULL" for column in rule.columns))


def _unique(rule: Rule) -> Check:
    if len(rule.columns) == 1:
        return {"metric": "duplicateValues", **_NONE}
    return {"metric": "duplicateValues", "arguments": {"properties": list(rule.columns)}, **_NONE}


def _in_set(rule: Rule) -> Check:
    values = list(cast("Sequence[RuleValue]", rule.parameters["values"]))
    return {"metric": "invalidValues", "arguments": {"validValues": values}, **_NONE}


def _matches(rule: Rule) -> Check:
    pattern = str(rule.parameters["pattern"])
    anchored = pattern if pattern.startswith("^") and "|" not in pattern else f"^(?:{pattern})"
    return {"metric": "invalidValues", "arguments": {"pattern": anchored}, **_NONE}


def _in_range(rule: Rule) -> Check:
    return _outside(_name(rule.columns[0]), rule)


def _length(rule: Rule) -> Check:
    return _outside(f"LENGTH({_name(rule.columns[0])})", rule)


def _outside(value: str, rule: Rule) -> Check:
    signs = {"min": "<", "max": ">"}
    tests = [
        f"{value} {sign} {_literal(rule.parameters[side])}"
        for side, sign in signs.items()
        if side in rule.parameters
    ]
    return _rows_where(" OR ".join(tests))


def _ordered(rule: Rule) -> Check:
    return _rows_where(
        " OR ".join(f"{_name(one)} > {_name(next_one)}" for one, next_one in pairwise(rule.columns))
    )


def _expression(rule: Rule) -> Check:
    return _rows_where(f"NOT ({rule.parameters['sql']})")


def _determines(rule: Rule) -> Check:
    fixed = cast("tuple[str, ...]", rule.parameters["to"])
    keys = ", ".join(map(_name, rule.columns[: -len(fixed)]))
    several = " OR ".join(f"COUNT(DISTINCT {_name(column)}) > 1" for column in fixed)
    groups = f"(SELECT {keys} FROM ${{table}} GROUP BY {keys} HAVING {several}) AS several"  # noqa: S608  (quoted)
    return _query(_COUNT, groups, _NONE)


def _row_count(rule: Rule) -> Check | None:
    return {"metric": "rowCount", **_bounds(rule)} if _is_over_table(rule) else None


def _total(function: str) -> Callable[[Rule], Check | None]:
    def state(rule: Rule) -> Check | None:
        number = function.format(_name(rule.columns[0]))
        return _query(number, "${table}", _bounds(rule)) if _is_over_table(rule) else None

    return state


def _is_over_table(rule: Rule) -> bool:
    """Whether the rule is about the whole table: what a run brings is known to us alone."""
    return rule.parameters.get("over") == "table"


def _bounds(rule: Rule) -> Check:
    low, high = rule.parameters.get("min"), rule.parameters.get("max")
    if low is None or high is None:
        return {"mustBeLessOrEqualTo": high} if low is None else {"mustBeGreaterOrEqualTo": low}
    return {"mustBe": low} if low == high else {"mustBeBetween": [low, high]}


def _rows_where(broken: str) -> Check:
    return _query(_COUNT, f"${{table}} WHERE {broken}", _NONE)


def _query(number: str, rows: str, must: Check) -> Check:
    """A query for others to run: names and literals in it are quoted."""
    return {"type": "sql", "query": f"SELECT {number} FROM {rows}", **must}  # noqa: S608


def _name(column: str) -> str:
    return f'"{column}"'


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, int | float) else "'{}'".format(str(value).replace("'", "''"))


_STATEMENTS: dict[str, Callable[[Rule], Check | None]] = {
    "not_null": _not_null,
    "unique": _unique,
    "in_set": _in_set,
    "matches": _matches,
    "in_range": _in_range,
    "length": _length,
    "ordered": _ordered,
    "expression": _expression,
    "determines": _determines,
    "row_count": _row_count,
    "sum": _total("SUM({0})"),
    "mean": _total("AVG({0})"),
    "distinct_count": _total("COUNT(DISTINCT {0})"),
    "null_share": _total("AVG(CASE WHEN {0} IS NULL THEN 1.0 ELSE 0.0 END)"),
}
