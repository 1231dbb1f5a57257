"""The columns of a dataset as the properties of a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from lake_assets.contracts.exported_rules import ExportedRules
from lake_assets.contracts.logical_types import types_of
from lake_assets.contracts.standard import OURS, custom, without_empty
from lake_assets.model import ColumnType

__all__ = ["PERSONAL", "UNIT", "column_attributes", "export_columns", "our_properties"]

PERSONAL = "personal"
"""How a column is classified whose values are never shown."""

UNIT = "unit"
"""The custom property that holds the unit of a column."""

_SAID = {"type", "description", "personal", UNIT}


def column_attributes(written: object) -> dict[str, object]:
    """The attributes of a column, whether it is written long or short.

    >>> column_attributes("int"), column_attributes({"type": "int"})
    ({'type': 'int'}, {'type': 'int'})
    """
    return dict(written) if isinstance(written, Mapping) else {"type": str(written)}


def export_columns(
    columns: Mapping[str, Mapping[str, object]],
    key: Sequence[str],
    rules: ExportedRules,
    stored: Mapping[str, pl.DataType],
) -> list[dict[str, object]]:
    """The properties, in the order of the columns.

    Args:
        columns: Attributes by name, long form.
        key: The columns that identify a row.
        rules: What they must keep.
        stored: Types in the table, where there is one.
    """
    return [_column(name, each, key, rules, stored.get(name)) for name, each in columns.items()]


def _column(
    name: str,
    attributes: Mapping[str, object],
    key: Sequence[str],
    rules: ExportedRules,
    stored: pl.DataType | None,
) -> dict[str, object]:
    logical, physical = types_of(ColumnType(str(attributes["type"])), stored)
    is_key = name in key
    return without_empty(
        {
            "name": name,
            "logicalType": logical,
            "physicalType": physical,
            "description": attributes.get("description"),
            "primaryKey": True if is_key else None,
            "primaryKeyPosition": key.index(name) + 1 if is_key else None,
            "required": True if name in rules.never_null else None,
            "classification": PERSONAL if attributes.get("personal") else None,
            "relationships": rules.relationships.get((name,)),
            "quality": rules.of_columns.get(name),
            "customProperties": _custom(attributes),
        }
    )


def _custom(attributes: Mapping[str, object]) -> list[dict[str, object]]:
    unit = attributes.get(UNIT)
    others = {name: value for name, value in attributes.items() if name not in _SAID}
    return [*([custom(UNIT, unit)] if unit else []), *our_properties(others)]


def our_properties(attributes: Mapping[str, object]) -> list[dict[str, object]]:
    """The custom property that keeps attributes which the standard has no place for; none for none."""
    kept = {
        name: value for name, value in attributes.items() if value is not None and value not in ("", [], {})
    }
    return [custom(OURS, kept)] if kept else []
