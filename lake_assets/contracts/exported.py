"""From the declaration of a dataset to its contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import polars as pl

from lake_assets.contracts.durations import seconds_of, written_duration
from lake_assets.contracts.exported_columns import column_attributes, export_columns, our_properties
from lake_assets.contracts.exported_rules import ExportedRules, export_rules
from lake_assets.contracts.fields import DEFAULTS, FIELDS, fields_of
from lake_assets.contracts.standard import API_VERSION, KIND, custom, without_empty

__all__ = ["LICENCE", "SERVER", "Attributes", "Document", "listed", "to_contract"]

Document = dict[str, object]
"""A contract as YAML has it."""

Attributes = Mapping[str, object]
"""A declaration as YAML has it."""

LICENCE = "licence"
"""The custom property that holds the licence."""

SERVER = "lake"
"""What the server is called that is the lake itself."""

_TEAM = "team:"
_OF_SOURCE = {"description", "licence", "owner", "every", "datasets"}
_OF_DATASET = {"description", "grain", "key", "columns", "rules", "tags", "owner", "licence", "contract"}


def to_contract(
    source: Attributes, stored: Mapping[str, pl.DataType] | None = None, server: Attributes | None = None
) -> Document:
    """The contract of a dataset.

    Args:
        source: The attributes of a source as they are declared, with one dataset and with its name.
        stored: The types of the columns in the trusted table, where there is one.
        server: Where the trusted table is, in the words of the standard.

    Returns:
        A contract; what the standard has no place for is kept in custom properties named `lakeAssets`.
    """
    ((name, dataset),) = cast("Mapping[str, Attributes]", source["datasets"]).items()
    fields, tags = fields_of(listed(dataset.get("tags")))
    rules = _rules(name, dataset)
    said = {"id": f"{source['name']}.{name}", "name": name, **DEFAULTS, **fields}
    return without_empty(
        {
            "apiVersion": API_VERSION,
            "kind": KIND,
            "id": said["id"],
            "name": name,
            **{field: said[field] for field in FIELDS if field in said and field != "id"},
            "description": without_empty({"purpose": source.get("description")}),
            "tags": tags,
            "team": _team(dataset.get("owner") or source.get("owner")),
            "servers": [{"server": SERVER, **server}] if server else None,
            "schema": [_object(name, dataset, rules, stored or {})],
            "slaProperties": [*_frequency(source.get("every")), *rules.levels],
            "customProperties": [
                *_licence(dataset.get("licence") or source.get("licence")),
                *our_properties(_others(source, _OF_SOURCE)),
            ],
        }
    )


def listed(value: object) -> list[str]:
    """A list of texts, of which one alone may stand without brackets."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(each) for each in cast("Sequence[object]", value)]


def _rules(name: str, dataset: Attributes) -> ExportedRules:
    written = cast("Sequence[Attributes]", dataset.get("rules") or ())
    return export_rules(name, written, cast("Attributes", dataset.get("columns") or {}))


def _object(
    name: str, dataset: Attributes, rules: ExportedRules, stored: Mapping[str, pl.DataType]
) -> Document:
    columns = {
        column: column_attributes(each)
        for column, each in cast("Attributes", dataset.get("columns") or {}).items()
    }
    key = listed(dataset.get("key"))
    is_key_told = set(key) <= columns.keys()
    several = [each for names, found in rules.relationships.items() if len(names) > 1 for each in found]
    return without_empty(
        {
            "name": name,
            "logicalType": "object",
            "physicalType": "table",
            "description": dataset.get("description"),
            "dataGranularityDescription": dataset.get("grain"),
            "properties": export_columns(columns, key if is_key_told else (), rules, stored),
            "relationships": several,
            "quality": rules.of_table,
            "customProperties": our_properties(
                {**_others(dataset, _OF_DATASET), "key": None if is_key_told else key}
            ),
        }
    )


def _others(attributes: Attributes, said: set[str]) -> Document:
    return {name: value for name, value in attributes.items() if name not in said}


def _team(owner: object) -> Document | None:
    return {"name": str(owner).removeprefix(_TEAM)} if owner else None


def _frequency(every: object) -> list[Document]:
    seconds = seconds_of(every)
    return [{"property": "frequency", **written_duration(seconds)}] if seconds else []


def _licence(licence: object) -> list[Document]:
    return [custom(LICENCE, licence)] if licence else []
