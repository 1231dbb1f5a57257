"""The mapping of a dataset as it is in force: declared, else pinned in the formatted table, else inferred now."""

from __future__ import annotations

import json
from collections.abc import Mapping as Names
from dataclasses import replace

import polars as pl

from lake_assets.model import PROVENANCE, Column, ColumnType, Dataset, Mapping
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED, STORED_TYPES
from lake_assets.zones.inference import infer_column

__all__ = ["column_notes", "element_of", "extend", "mapping_in_force", "stored_schema"]

_PIN = "lake.mapping"


def mapping_in_force(dataset: Dataset, table: Table | None) -> Mapping:
    """The declared columns, then those that earlier files brought and the table has pinned."""
    declared = dataset.mapping.columns
    names = {column.name for column in declared}
    sources = dataset.mapping.by_source_name()
    pinned = [
        column for column in _pinned(table) if column.name not in names and column.source_name not in sources
    ]
    return replace(dataset.mapping, columns=(*declared, *pinned))


def _pinned(table: Table | None) -> list[Column]:
    if table is None:
        return []
    notes = {column.name: column.metadata for column in table.delta.schema().fields}
    return [_column(name, note[_PIN]) for name, note in notes.items() if _PIN in note]


def element_of(notes: Names[str, str]) -> str | None:
    """What a column is called in the files, by its Delta field metadata; None for one that no file has."""
    return str(json.loads(notes[_PIN])["from"]) if _PIN in notes else None


def _column(name: str, pin: str) -> Column:
    kept = json.loads(pin)
    return Column(name, kept["from"], ColumnType(kept["type"]), kept["layout"])


def column_notes(mapping: Mapping) -> dict[str, dict[str, str]]:
    """The Delta field metadata that pins a mapping and tells people what columns mean."""
    notes = {}
    for column in mapping.columns:
        pin = json.dumps({"from": column.source_name, "type": column.kind.value, "layout": column.layout})
        meaning = " ".join(part for part in (column.description, column.unit and f"[{column.unit}]") if part)
        notes[column.name] = {_PIN: pin, **({"comment": meaning} if meaning else {})}
    notes[PROVENANCE[0]] = {"comment": "id of the landed file, see governance.processed_files"}
    notes[PROVENANCE[1]] = {"comment": "record number in the file, from 1"}
    notes[RESCUED] = {"comment": "JSON of the cells that did not decode, by their name in the file"}
    return notes


def extend(mapping: Mapping, samples: Names[str, pl.Series]) -> Mapping:
    """Add a column for each element that has none.

    Args:
        mapping: As it is.
        samples: Some values of each new element, by its name in the file.
    """
    columns = list(mapping.columns)
    for source_name, sample in samples.items():
        taken = {column.name for column in columns} | {*PROVENANCE, RESCUED}
        columns.append(infer_column(source_name, sample, taken, mapping.layouts))
    return replace(mapping, columns=tuple(columns))


def stored_schema(mapping: Mapping, nested: Names[str, pl.DataType]) -> pl.Schema:
    """The schema of the formatted table.

    Args:
        mapping: The columns.
        nested: The type of each nested column, by its name; one without is not there yet.
    """
    types = [
        (column.name, STORED_TYPES.get(column.kind, nested.get(column.name))) for column in mapping.columns
    ]
    columns = {name: kind for name, kind in types if kind is not None}
    return pl.Schema({**columns, RESCUED: pl.String(), **dict.fromkeys(PROVENANCE, pl.Int64())})
