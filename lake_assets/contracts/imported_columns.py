"""The properties of a contract as columns, with the rules and the key that stand with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lake_assets.contracts.exported_columns import PERSONAL, UNIT
from lake_assets.contracts.foreign_rules import constraints_of, is_declarable
from lake_assets.contracts.imported_rules import Raw, hold_relationships, is_of_kind, read_checks
from lake_assets.contracts.logical_types import column_type, types_of
from lake_assets.contracts.part import Loc, Part
from lake_assets.contracts.standard import OURS, without_empty
from lake_assets.model import ColumnType

__all__ = ["ImportedColumns", "Told", "kept", "read_columns"]

Told = Callable[[Loc, str], object]
"""Is told what cannot be held, and where."""

_PERSONAL = {PERSONAL, "pii", "personal data", "personal_data", "sensitive personal data"}


@dataclass(frozen=True)
class ImportedColumns:
    """The columns of a dataset.

    Args:
        columns: Attributes by name.
        names: How each property of the contract is called here.
        rules: What stands with the columns.
        key: The columns that identify a row.
    """

    columns: dict[str, dict[str, object]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    rules: list[Raw] = field(default_factory=list)
    key: list[str] = field(default_factory=list)


def kept(part: Part) -> dict[str, object]:
    """What the standard has no place for, as our declarations write it."""
    value = part.custom(OURS)
    return dict(value) if isinstance(value, Mapping) else {}


def read_columns(
    table: str, properties: list[Part], of_table: list[Raw], name_of: Callable[[str], str], tell: Told
) -> ImportedColumns:
    """The columns, in the order of the contract.

    Args:
        table: The dataset's name.
        properties: As the contract has them.
        of_table: The rules that stand with the whole dataset.
        name_of: Makes a name of ours of any text.
        tell: Is told what cannot be held.
    """
    found = ImportedColumns()
    positions: list[tuple[int, str]] = []
    for place, each in enumerate(properties):
        name = name_of(each.text("name"))
        found.names[str(each.value.get("name"))] = name
        found.columns[name] = _attributes(name, each, tell)
        found.rules.extend(_rules(table, name, each, of_table))
        if each.take("primaryKey"):
            positions.append((_position(each.take("primaryKeyPosition"), place), name))
    found.key.extend(name for _, name in sorted(positions))
    return found


def _position(declared: object, place: int) -> int:
    return declared if isinstance(declared, int) and declared > 0 else 1_000 + place


def _attributes(name: str, each: Part, tell: Told) -> dict[str, object]:
    ours, physical_name = kept(each), each.text("physicalName")
    element = physical_name or str(each.value.get("name"))
    return without_empty(
        {
            "type": _type(each, tell).value,
            "from": element if element != name else "",
            **ours,
            "unit": each.custom(UNIT),
            "description": each.text("description"),
            "personal": _is_personal(each) or None,
        }
    )


def _type(each: Part, tell: Told) -> ColumnType:
    logical, physical = each.text("logicalType"), each.text("physicalType")
    kind = column_type(logical, physical)
    if kind is None:
        tell((*each.loc, "logicalType" if logical else "name"), f"{logical or 'no type'} is taken as text")
        return ColumnType.TEXT
    standard = types_of(kind)[1]
    if physical and standard and physical.upper() != standard:
        tell((*each.loc, "physicalType"), f"{physical} is stored as {standard}")
    return kind


def _is_personal(each: Part) -> bool:
    is_personal = str(each.value.get("classification") or "").lower() in _PERSONAL
    if is_personal:
        each.take("classification")
    return is_personal


def _rules(table: str, name: str, each: Part, of_table: list[Raw]) -> list[Raw]:
    rules = read_checks(each.parts("quality"), name)
    hold_relationships(each.parts("relationships"), table, rules)
    known = [*rules, *of_table]
    if each.take("required") and not is_of_kind(known, "not_null", name):
        rules.append({"not_null": [name]})
    if each.take("unique") and not each.value.get("primaryKey") and not is_of_kind(known, "unique", name):
        rules.append({"unique": [name]})
    return [*rules, *constraints_of(each.part("logicalTypeOptions"), name), *_listed(each, name)]


def _listed(each: Part, name: str) -> list[Raw]:
    """The values of an `enum` as a rule."""
    values = [part.value.get("value") for part in each.parts("enum")]
    rule: Raw = {"in_set": {"column": name, "values": values}}
    if not values or not is_declarable(rule):
        return []
    for part in each.parts("enum"):
        part.take("value")
    return [rule]
