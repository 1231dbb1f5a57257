"""Quality rules as the attributes of a table declare them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, JsonValue, PlainValidator, ValidationError
from pydantic_core import InitErrorDetails

from lake_assets.declarations.names import declared_fault, lake_fault
from lake_assets.errors import DeclarationError
from lake_assets.model import Rule
from lake_assets.quality import declare_rule

__all__ = ["DeclaredRules", "owned"]


def owned(rules: tuple[Rule, ...], owner: str) -> tuple[Rule, ...]:
    """The rules, those without an owner given to one.

    >>> [rule.owner for rule in owned((Rule("a", "not_null", ("x",)),), "team:ops")]
    ['team:ops']
    """
    return tuple(rule if rule.owner else replace(rule, owner=owner) for rule in rules)


def _declared(declared: object) -> Rule:
    if isinstance(declared, Rule):
        return declared
    if not isinstance(declared, dict):
        raise declared_fault("a rule is a mapping", "write - not_null: column, for example")
    try:
        return declare_rule(declared, owner="")
    except DeclarationError as error:
        raise lake_fault(error) from error


def _named_once(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    names = [rule.rule_id for rule in rules]
    repeated = [number for number, name in enumerate(names) if name in names[:number]]
    if repeated:
        raise ValidationError.from_exception_data("rules", [_repeated(number, rules) for number in repeated])
    return rules


def _repeated(number: int, rules: tuple[Rule, ...]) -> InitErrorDetails:
    name = rules[number].rule_id
    fault = declared_fault(f"two rules are named {name!r}", "drop one, or give it a name of its own")
    return {"type": fault, "loc": (number,), "input": name}


_DeclaredRule = Annotated[Rule, PlainValidator(_declared, json_schema_input_type=dict[str, JsonValue])]

DeclaredRules = Annotated[tuple[_DeclaredRule, ...], AfterValidator(_named_once)]
"""The rules of one table, each declared in the way `lake_assets.quality.declare_rule` reads."""
