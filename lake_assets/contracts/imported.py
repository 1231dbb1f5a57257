"""From a contract to the declaration of a source, and what a declaration has no place for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from lake_assets.contracts.durations import read_contract_duration
from lake_assets.contracts.exported import LICENCE, SERVER
from lake_assets.contracts.fields import DEFAULTS, FIELDS, is_tag, tag_of
from lake_assets.contracts.imported_columns import ImportedColumns, Told, kept, read_columns
from lake_assets.contracts.imported_rules import Place, Raw, hold_relationships, read_checks, read_level
from lake_assets.contracts.origins import Origin, origin_of
from lake_assets.contracts.part import Loc, Part
from lake_assets.contracts.standard import without_empty

__all__ = ["Imported", "Remark", "from_contract"]


@dataclass(frozen=True)
class Remark:
    """Something that a contract says and a declaration does not hold as it was said.

    Args:
        loc: Where it stands in the contract.
        what: What became of it.
    """

    loc: Loc
    what: str


@dataclass(frozen=True)
class Imported:
    """What a contract declares.

    Args:
        attributes: Of a source, as YAML has them, not checked.
        remarks: What is not held, in the order of the contract.
    """

    attributes: dict[str, object]
    remarks: tuple[Remark, ...]


def from_contract(document: Mapping[str, object], name_of: Callable[[str], str]) -> Imported:
    """The source that a contract declares, with a dataset for each of its tables.

    Args:
        document: A valid contract, as YAML has it.
        name_of: Makes a name of ours of any text.
    """
    contract, remarks = Part(document, ()), list[Remark]()

    def tell(loc: Loc, what: str) -> None:
        remarks.append(Remark(loc, what))

    ours = kept(contract)
    tables = {name_of(str(each.value.get("name"))): each for each in contract.parts("schema")}
    source = str(ours.get("name") or name_of(str(contract.value.get("name") or next(iter(tables), "source"))))
    origin = _origin(contract, is_known="connector" in ours, tell=tell)
    shared = [*contract.texts("tags"), *_fields(contract, {f"{source}.{name}" for name in tables})]
    columns_of = partial(read_columns, name_of=name_of, tell=tell)
    datasets = {name: _dataset(name, each, origin, shared, columns_of) for name, each in tables.items()}
    attributes = without_empty(
        {
            "name": source,
            "description": _purpose(contract),
            "licence": contract.custom(LICENCE) or contract.custom("license"),
            "owner": _owner(contract, tell),
            "every": _levels(contract, datasets, tables),
            "connector": dict(origin.connector),
            **{name: value for name, value in ours.items() if name != "name"},
            "datasets": {name: attributes for name, (attributes, _) in datasets.items()},
        }
    )
    contract.take("kind")
    contract.take("apiVersion")
    contract.take("name")
    remarks += [Remark(loc, _left_out(contract, loc)) for loc in contract.left()]
    return Imported(attributes, tuple(remarks))


_Dataset = tuple[dict[str, object], ImportedColumns]


def _dataset(
    name: str,
    table: Part,
    origin: Origin,
    shared: list[str],
    columns_of: Callable[[str, list[Part], list[Raw]], ImportedColumns],
) -> _Dataset:
    table.take("name")
    table.hold_equal({"logicalType": "object", "physicalType": "table", "physicalName": name})
    of_table = read_checks(table.parts("quality"), None)
    found = columns_of(name, table.parts("properties"), of_table)
    rules = [*found.rules, *of_table]
    hold_relationships(table.parts("relationships"), name, rules)
    attributes = without_empty(
        {
            "from": origin.path.replace("{model}", name),
            "format": origin.format,
            **kept(table),
            "description": table.text("description"),
            "grain": table.text("dataGranularityDescription"),
            "tags": list(dict.fromkeys([*shared, *table.texts("tags")])),
            "columns": found.columns,
        }
    )
    if found.key:
        attributes["key"] = found.key
    if rules:
        attributes["rules"] = rules
    return attributes, found


def _origin(contract: Part, *, is_known: bool, tell: Told) -> Origin:
    servers = contract.parts("servers")
    for each in servers:
        if each.value.get("server") == SERVER:
            each.hold()
    if is_known:
        return Origin()
    origin = origin_of(each for each in servers if each.value.get("server") != SERVER)
    if origin.is_guess:
        tell(("servers",), "no server has files that the lake collects: correct connector and from")
    return origin


def _fields(contract: Part, usual_ids: set[str]) -> list[str]:
    """The tags that hold fields of the contract which are not as usual."""
    tags = []
    for field in FIELDS:
        value = str(contract.value.get(field) or "")
        is_usual = value == DEFAULTS.get(field, "") or (field == "id" and value in usual_ids)
        if is_usual or is_tag(value):
            contract.take(field)
            tags += [] if is_usual else [tag_of(field, value)]
    return tags


def _purpose(contract: Part) -> str:
    return contract.part("description").text("purpose") if contract.has("description") else ""


def _owner(contract: Part, tell: Told) -> str:
    if not isinstance(contract.value.get("team"), Mapping):
        return ""
    team = contract.part("team")
    name = team.text("name")
    owner = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")
    if owner != name:
        tell((*team.loc, "name"), f"the team {name!r} is written team:{owner}")
    return f"team:{owner}" if owner else ""


def _levels(contract: Part, datasets: Mapping[str, _Dataset], tables: Mapping[str, Part]) -> str | None:
    """How often new data comes; service levels that are rules go to their datasets."""
    every = None
    places = {name: Place(name, found.names) for name, (_, found) in datasets.items()}
    places |= {str(table.value.get("name")): places[name] for name, table in tables.items()}
    for level in contract.parts("slaProperties"):
        if level.value.get("property") == "frequency" and not level.has("element"):
            every = read_contract_duration(level.value.get("value"), str(level.value.get("unit") or ""))
            for name in ("property", "value", "unit") if every else ():
                level.take(name)
        elif fresh := read_level(level, places):
            rules = datasets[fresh[0]][0].setdefault("rules", [])
            cast("list[object]", rules).append(fresh[1])
    return every


def _left_out(contract: Part, loc: Loc) -> str:
    said: object = contract.value
    for step in loc:
        said = cast("Mapping[object, object]", said)[step]
    name = said.get("property") or said.get("name") or said.get("type") if isinstance(said, Mapping) else None
    what = f"{loc[-2]} {name or loc[-1]}" if isinstance(loc[-1], int) else str(loc[-1])
    return f"{what} has no place in a declaration and is left out"
