"""The quality checks, relationships and service levels of a contract as rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lake_assets.contracts.durations import read_contract_duration
from lake_assets.contracts.exported_rules import check_of, level_of, relationship_of
from lake_assets.contracts.foreign_rules import foreign_rule, is_declarable
from lake_assets.contracts.part import Part
from lake_assets.contracts.standard import OURS, without_empty
from lake_assets.model import Rule
from lake_assets.quality import declare_rule

__all__ = ["Place", "Raw", "hold_relationships", "is_of_kind", "read_checks", "read_level"]

Raw = dict[str, object]
"""A rule in its short form."""


def read_checks(checks: Iterable[Part], column: str | None) -> list[Raw]:
    """The rules that quality checks mean; of the others nothing is taken.

    Args:
        checks: Those of a column or of the whole dataset.
        column: The column.
    """
    found = (_read(each, column) for each in checks)
    return [rule for rule in found if rule is not None]


def _read(check: Part, column: str | None) -> Raw | None:
    """A rule of ours as it was kept; what the check says besides counts as held where it says the same."""
    if not _is_ours(check):
        return foreign_rule(check, column)
    raw = _kept(check)
    rule = _understood(raw)
    check.hold_equal(check_of(rule, raw, is_of_column=column is not None) if rule else check.value)
    return raw


@dataclass(frozen=True)
class Place:
    """Where a service level leads.

    Args:
        table: The dataset's name.
        columns: How its columns are called here, by their name in the contract.
    """

    table: str
    columns: Mapping[str, str]


def read_level(level: Part, places: Mapping[str, Place]) -> tuple[str, Raw] | None:
    """The dataset and the rule that a service level means; None where it is no rule of ours.

    Args:
        level: A service level.
        places: The datasets, by their name in the contract.
    """
    table, _, column = str(level.value.get("element") or "").partition(".")
    if level.value.get("property") not in {"freshness", "latency"} or table not in places:
        return None
    place = places[table]
    if _is_ours(level):
        raw = _kept(level)
        rule = _understood(raw)
        level.hold_equal(level_of(place.table, rule, raw) if rule else level.value)
        return place.table, raw
    return _fresh(level, place, column)


def _fresh(level: Part, place: Place, column: str) -> tuple[str, Raw] | None:
    within = read_contract_duration(level.value.get("value"), str(level.value.get("unit") or ""))
    asked = {"column": place.columns.get(column, column), "within": within}
    fresh = without_empty({"freshness": asked, "reason": level.value.get("description")})
    if not within or not is_declarable(fresh):
        return None
    for name in ("property", "value", "unit", "element", "description"):
        level.take(name)
    return place.table, fresh


def hold_relationships(relationships: Iterable[Part], table: str, rules: Iterable[Raw]) -> None:
    """Count as held the relationships that rules of ours say as well."""
    known = [
        relationship_of(table, rule)
        for raw in rules
        if (rule := _understood(raw)) and rule.kind == "references"
    ]
    for each in relationships:
        if each.value in known:
            each.hold()


def is_of_kind(rules: Iterable[Raw], kind: str, column: str) -> bool:
    """Whether one of the rules is of a kind and about a column."""
    understood = filter(None, map(_understood, rules))
    return any(rule.kind == kind and column in rule.columns for rule in understood)


def _is_ours(part: Part) -> bool:
    properties = part.value.get("customProperties")
    return isinstance(properties, list) and any(
        isinstance(each, Mapping) and each.get("property") == OURS and isinstance(each.get("value"), Mapping)
        for each in properties
    )


def _kept(part: Part) -> Raw:
    value = part.custom(OURS)
    return dict(value) if isinstance(value, Mapping) else {}


def _understood(raw: Raw) -> Rule | None:
    return declare_rule(raw, owner="") if is_declarable(raw) else None
