"""The rules of a dataset as quality checks, relationships and service levels of a contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from lake_assets.contracts.durations import written_duration
from lake_assets.contracts.standard import OURS, custom, without_empty
from lake_assets.contracts.statements import statement_of
from lake_assets.errors import DeclarationError
from lake_assets.model import Rule, Severity
from lake_assets.quality import declare_rule, describe_rule

__all__ = [
    "ENGINE",
    "ExportedRules",
    "check_of",
    "dimension_of",
    "export_rules",
    "level_of",
    "relationship_of",
]

ENGINE = "lake-assets"
"""Who judges what the standard cannot say."""

_DIMENSIONS = {
    "not_null": "completeness",
    "null_share": "completeness",
    "unique": "uniqueness",
    "row_count": "coverage",
    "freshness": "timeliness",
    "references": "consistency",
    "determines": "consistency",
    "ordered": "consistency",
    "matches": "conformity",
    "length": "conformity",
    "in_set": "conformity",
}
_OTHER_DIMENSION = "accuracy"

Entry = dict[str, object]


@dataclass(frozen=True)
class ExportedRules:
    """Where the rules of a dataset went.

    Args:
        of_columns: Quality checks by column.
        of_table: Quality checks of the whole dataset.
        relationships: References to other tables, by the columns that refer.
        levels: Service levels.
        never_null: Columns in which no row may be null.
    """

    of_columns: dict[str, list[Entry]] = field(default_factory=dict)
    of_table: list[Entry] = field(default_factory=list)
    relationships: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    levels: list[Entry] = field(default_factory=list)
    never_null: set[str] = field(default_factory=set)


def export_rules(
    table: str, written: Collection[Mapping[str, object]], columns: Collection[str]
) -> ExportedRules:
    """Say each rule where the standard has a place for it.

    Args:
        table: The dataset's name.
        written: The rules in their short form.
        columns: The columns that the contract tells of.
    """
    found = ExportedRules()
    for raw in written:
        rule = _understood(raw)
        if rule is None:
            found.of_table.append(_only_ours(raw))
            continue
        if rule.kind == "freshness" and rule.columns[0] in columns:
            found.levels.append(level_of(table, rule, raw))
            continue
        column = _column_of(rule, columns)
        place = found.of_table if column is None else found.of_columns.setdefault(column, [])
        place.append(check_of(rule, raw, is_of_column=column is not None))
        if rule.kind == "references" and set(rule.columns) <= set(columns):
            found.relationships.setdefault(rule.columns, []).append(relationship_of(table, rule))
        if rule.kind == "not_null" and rule.severity is not Severity.WARN:
            found.never_null.update(rule.columns)
    return found


def check_of(rule: Rule, raw: Mapping[str, object], *, is_of_column: bool) -> Entry:
    """A rule as a quality check, with its short form as a custom property.

    Args:
        rule: The rule.
        raw: Its short form.
        is_of_column: Whether it stands under its column: metrics of one column mean nothing elsewhere.
    """
    statement = statement_of(rule)
    is_lost = statement is not None and "metric" in statement and len(rule.columns) == 1 and not is_of_column
    said = _left_to_us(describe_rule(rule)) if statement is None or is_lost else statement
    return {
        "id": rule.rule_id,
        "description": rule.reason or describe_rule(rule),
        "dimension": dimension_of(rule),
        "type": "library",
        **said,
        "severity": "warning" if rule.severity is Severity.WARN else "error",
        "customProperties": [custom(OURS, dict(raw))],
    }


def dimension_of(rule: Rule) -> str:
    """The dimension of data quality that a rule is about, in the words of the standard."""
    return _DIMENSIONS.get(rule.kind, _OTHER_DIMENSION)


def relationship_of(table: str, rule: Rule) -> Entry:
    """A reference to another table as a foreign key."""
    other = str(rule.parameters["table"]).partition(".")[2]
    there = [f"{other}.{column}" for column in cast("tuple[str, ...]", rule.parameters["to"])]
    if len(there) == 1:
        return {"type": "foreignKey", "to": there[0]}
    return {"type": "foreignKey", "from": [f"{table}.{column}" for column in rule.columns], "to": there}


def level_of(table: str, rule: Rule, raw: Mapping[str, object]) -> Entry:
    """A rule about freshness as a service level."""
    return without_empty(
        {
            "id": rule.rule_id,
            "property": "freshness",
            **written_duration(int(str(rule.parameters["within"]))),
            "element": f"{table}.{rule.columns[0]}",
            "description": rule.reason or describe_rule(rule),
            "customProperties": [custom(OURS, dict(raw))],
        }
    )


def _understood(raw: Mapping[str, object]) -> Rule | None:
    """The rule that a short form declares; None for what is more than one rule of a known kind."""
    try:
        return declare_rule(raw, owner="")
    except DeclarationError:
        return None


def _column_of(rule: Rule, columns: Collection[str]) -> str | None:
    """The one column under which a rule stands, if there is one and the contract tells of it."""
    is_single = len(rule.columns) == 1 and rule.kind != "expression"
    return rule.columns[0] if is_single and rule.columns[0] in columns else None


def _left_to_us(sentence: str) -> Entry:
    return {"type": "custom", "engine": ENGINE, "implementation": sentence}


def _only_ours(raw: Mapping[str, object]) -> Entry:
    named = ", ".join(map(str, raw))
    return {"name": named, **_left_to_us(named), "customProperties": [custom(OURS, dict(raw))]}
