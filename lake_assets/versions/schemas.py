"""Columns that came, went or are of another type from one version of a table to another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

__all__ = ["SchemaChange", "schema_changes", "types_in", "types_of"]


@dataclass(frozen=True)
class SchemaChange:
    """One column that is other than it was.

    Args:
        kind: `added`, `removed` or `retyped`.
        column: Its name.
        before: Its type before; empty for one that came.
        after: Its type since; empty for one that went.
    """

    kind: str
    column: str
    before: str = ""
    after: str = ""


def schema_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[SchemaChange, ...]:
    """What differs between two schemas, in the order of the columns.

    Args:
        before: Types of columns, by name.
        after: Likewise.

    >>> [(each.kind, each.column) for each in schema_changes({"a": "long", "b": "long"}, {"a": "double"})]
    [('retyped', 'a'), ('removed', 'b')]
    """
    known = {**before, **after}
    return tuple(
        SchemaChange(
            _kind(before.get(name), after.get(name)), name, before.get(name, ""), after.get(name, "")
        )
        for name in known
        if before.get(name) != after.get(name)
    )


def _kind(before: str | None, after: str | None) -> str:
    return "added" if before is None else "removed" if after is None else "retyped"


def types_of(schema: pl.Schema) -> dict[str, str]:
    """The types of columns as they are told to people."""
    return {name: str(kind) for name, kind in schema.items()}


def types_in(metadata: Mapping[str, Any]) -> dict[str, str]:
    """The types of columns in Delta's words, from the `metaData` action of a commit."""
    fields = json.loads(metadata["schemaString"])["fields"]
    return {field["name"]: _type_text(field["type"]) for field in fields}


def _type_text(kind: Any) -> str:  # noqa: ANN401 - Delta's JSON: a name, or an object that nests others
    """A type in one line.

    >>> _type_text({"type": "array", "elementType": "long", "containsNull": True})
    'array<long>'
    """
    if isinstance(kind, str):
        return kind
    if kind["type"] == "array":
        return f"array<{_type_text(kind['elementType'])}>"
    if kind["type"] == "map":
        return f"map<{_type_text(kind['keyType'])}, {_type_text(kind['valueType'])}>"
    members = ", ".join(f"{each['name']} {_type_text(each['type'])}" for each in kind["fields"])
    return f"struct<{members}>"
