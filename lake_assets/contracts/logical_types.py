"""The types of the canonical model and those of the standard, each to the other."""

from __future__ import annotations

import re

import polars as pl

from lake_assets.model import ColumnType

__all__ = ["Types", "column_type", "physical_type", "types_of"]

Types = tuple[str, str]
"""The logical and the physical type of a column."""

_STANDARD: dict[ColumnType, Types] = {
    ColumnType.TEXT: ("string", "STRING"),
    ColumnType.INT: ("integer", "BIGINT"),
    ColumnType.FLOAT: ("number", "DOUBLE"),
    ColumnType.BOOL: ("boolean", "BOOLEAN"),
    ColumnType.DATE: ("date", "DATE"),
    ColumnType.DATETIME: ("timestamp", "TIMESTAMP"),
    ColumnType.NESTED: ("object", ""),
}
_BY_LOGICAL = {logical: kind for kind, (logical, _) in _STANDARD.items()} | {"array": ColumnType.NESTED}
_BY_PHYSICAL = (
    (re.compile(r"^(timestamp|datetime)"), ColumnType.DATETIME),
    (re.compile(r"^date$"), ColumnType.DATE),
    (re.compile(r"^bool|^bit$"), ColumnType.BOOL),
    (re.compile(r"^(tiny|small|medium|big|u)?int(eger|[0-9]+)?\b|^long$|^short$|serial"), ColumnType.INT),
    (re.compile(r"^(float|double|real|decimal|numeric|number|money)"), ColumnType.FLOAT),
    (re.compile(r"^(struct|record|array|list|map|json|variant|object|row)"), ColumnType.NESTED),
    (re.compile(r"char|text|string|clob|uuid|enum"), ColumnType.TEXT),
)
_POLARS = {
    pl.String: "STRING",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Binary: "BINARY",
    pl.Datetime: "TIMESTAMP",
    pl.Float64: "DOUBLE",
    pl.Int64: "BIGINT",
}


def types_of(kind: ColumnType, stored: pl.DataType | None = None) -> Types:
    """The types of a column in the standard.

    Args:
        kind: Its type in the canonical model.
        stored: Its type in the table, where there is one; says more of nested columns.

    >>> types_of(ColumnType.INT), types_of(ColumnType.NESTED, pl.List(pl.String()))
    (('integer', 'BIGINT'), ('array', 'ARRAY<STRING>'))
    """
    if kind is not ColumnType.NESTED or stored is None:
        return _STANDARD[kind]
    return ("array" if isinstance(stored, pl.List) else "object", physical_type(stored))


def physical_type(stored: pl.DataType) -> str:
    """The type of a column of a table in the words of SQL."""
    if isinstance(stored, pl.List):
        return f"ARRAY<{physical_type(pl.Series(dtype=stored.inner).dtype)}>"
    if isinstance(stored, pl.Struct):
        fields = (
            f"{field.name}: {physical_type(pl.Series(dtype=field.dtype).dtype)}" for field in stored.fields
        )
        return f"STRUCT<{', '.join(fields)}>"
    return _POLARS.get(stored.base_type(), str(stored).upper())


def column_type(logical: str, physical: str) -> ColumnType | None:
    """The canonical type nearest to those of a contract; None when neither is known.

    >>> column_type("date", "TIMESTAMP_NTZ"), column_type("", "varchar(10)")
    (<ColumnType.DATETIME: 'datetime'>, <ColumnType.TEXT: 'text'>)
    """
    spelt = physical.lower()
    by_physical = next((kind for pattern, kind in _BY_PHYSICAL if pattern.search(spelt)), None)
    if logical == "date" and by_physical is ColumnType.DATETIME:  # v3.0 had no timestamp
        return by_physical
    return _BY_LOGICAL.get(logical, by_physical)
