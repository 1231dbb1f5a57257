"""Quality checks that somebody else wrote as rules of ours, where they mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import cast

from lake_assets.contracts.part import Part
from lake_assets.contracts.standard import without_empty
from lake_assets.errors import DeclarationError
from lake_assets.quality import declare_rule

__all__ = ["constraints_of", "foreign_rule", "is_declarable"]

Raw = dict[str, object]
"""A rule in its short form."""

_NONE_BROKEN = {"mustBe": 0}
_OPERATORS = (
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
)
_WARNINGS = {"info", "low", "minor", "warn", "warning"}
_ROWS = re.compile(
    r"\s*SELECT\s+COUNT\s*\(\s*\*\s*\)\s+FROM\s+\$?\{?\w+\}?\s+WHERE\s+(?P<broken>.+?)\s*;?\s*",
    re.IGNORECASE | re.DOTALL,
)
_COLUMN = re.compile(r"\$?\{(?:column|field|property)\}")


def foreign_rule(check: Part, column: str | None) -> Raw | None:
    """The rule that a check means; None, with nothing taken of the check, where we have no such rule.

    Args:
        check: A quality check without anything of ours.
        column: The column it stands under.
    """
    must = {name: check.value[name] for name in _OPERATORS if check.value.get(name) is not None}
    asked = _metric(check, column, must) or _query(check, column, must)
    if asked is None:
        return None
    rule = {**asked, **_remarks(check)}
    if not is_declarable(rule):
        return None
    for name in ("type", "metric", "rule", "arguments", "query", "severity", *_OPERATORS, *_told(check)):
        check.take(name)
    return rule


def is_declarable(rule: Mapping[str, object]) -> bool:
    """Whether it is a rule of ours."""
    try:
        declare_rule(rule, owner="")
    except DeclarationError:
        return False
    return True


def constraints_of(options: Part, column: str) -> list[Raw]:
    """The rules that the options of a logical type mean; what is no rule of ours is left."""
    found: list[Raw] = []
    for kind, low, high in (("in_range", "minimum", "maximum"), ("length", "minLength", "maxLength")):
        bounds = without_empty({"min": options.value.get(low), "max": options.value.get(high)})
        rule: Raw = {kind: {"column": column, **bounds}}
        if bounds and is_declarable(rule):
            options.take(low)
            options.take(high)
            found.append(rule)
    pattern: Raw = {"matches": {"column": column, "pattern": options.value.get("pattern")}}
    if options.has("pattern") and is_declarable(pattern):
        options.take("pattern")
        found.append(pattern)
    return found


def _metric(check: Part, column: str | None, must: Mapping[str, object]) -> Raw | None:
    metric = str(check.value.get("metric") or check.value.get("rule") or "")
    arguments = check.value.get("arguments")
    read = _METRICS.get(metric)
    return (
        read(column, cast("Raw", arguments) if isinstance(arguments, Mapping) else {}, must) if read else None
    )


def _nulls(column: str | None, arguments: Raw, must: Mapping[str, object]) -> Raw | None:
    is_plain = column and must == _NONE_BROKEN and set(arguments.get("missingValues") or [None]) == {None}  # type: ignore[call-overload]  # a list, or refused before
    return {"not_null": column} if is_plain else None


def _repeats(column: str | None, arguments: Raw, must: Mapping[str, object]) -> Raw | None:
    columns = arguments.get("properties") or ([column] if column else [])
    return {"unique": columns} if must == _NONE_BROKEN and columns else None


def _invalid(column: str | None, arguments: Raw, must: Mapping[str, object]) -> Raw | None:
    if not column or must != _NONE_BROKEN or len(arguments) != 1:
        return None
    if "validValues" in arguments:
        return {"in_set": {"column": column, "values": arguments["validValues"]}}
    return {"matches": {"column": column, **arguments}}


def _rows(column: str | None, arguments: Raw, must: Mapping[str, object]) -> Raw | None:
    del column, arguments
    bounds = _bounds(must)
    whole = {name: bound for name, bound in bounds.items() if isinstance(bound, int)}
    return {"row_count": {**whole, "over": "table"}} if whole and len(whole) == len(bounds) else None


def _bounds(must: Mapping[str, object]) -> Raw:
    """The least and the greatest whole number that an operator lets pass."""
    if len(must) != 1:
        return {}
    ((operator, value),) = must.items()
    if operator == "mustBeBetween":
        low, high = cast("list[object]", value)
        return {"min": low, "max": high}
    number = cast("float", value)
    ways = {
        "mustBe": {"min": number, "max": number},
        "mustBeGreaterOrEqualTo": {"min": number},
        "mustBeLessOrEqualTo": {"max": number},
        "mustBeGreaterThan": {"min": number + 1} if isinstance(number, int) else {},
        "mustBeLessThan": {"max": number - 1} if isinstance(number, int) else {},
    }
    return cast("Raw", ways.get(operator, {}))


def _query(check: Part, column: str | None, must: Mapping[str, object]) -> Raw | None:
    """A query that counts the rows with some property, of which there must be none."""
    match = _ROWS.fullmatch(str(check.value.get("query") or ""))
    if match is None or must != _NONE_BROKEN:
        return None
    return {"expression": {"sql": f"({_COLUMN.sub(column or '', match['broken'])}) IS NOT TRUE"}}


def _remarks(check: Part) -> Raw:
    severity = str(check.value.get("severity") or "").lower()
    return without_empty(
        {
            "severity": "warn" if severity in _WARNINGS else "",
            **{name: check.value[field] for field, name in _told(check).items()},
        }
    )


def _told(check: Part) -> dict[str, str]:
    """The fields that say why, or name the rule, each with what it is here; a name of many words is a reason."""
    named = [
        field for field in ("id", "name") if re.fullmatch(r"[A-Za-z0-9_]+", str(check.value.get(field) or ""))
    ]
    told = {"description": "reason"} if check.has("description") else {}
    if not told and check.has("name") and "name" not in named:
        told = {"name": "reason"}
    return {**told, named[0]: "id"} if named else told


_METRICS: dict[str, Callable[[str | None, Raw, Mapping[str, object]], Raw | None]] = {
    "nullValues": _nulls,
    "nullCheck": _nulls,
    "missingValues": _nulls,
    "duplicateValues": _repeats,
    "duplicateCount": _repeats,
    "uniqueCheck": _repeats,
    "invalidValues": _invalid,
    "validValuesCheck": _invalid,
    "rowCount": _rows,
}
