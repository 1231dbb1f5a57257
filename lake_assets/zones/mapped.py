"""What the commit of an exploitation table says of the columns that it is made of: once for each definition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from lake_assets.governance.mappings import MAPPINGS_NOTE, mapping_note
from lake_assets.model import TableLineage, Transformation
from lake_assets.storage.table import Table

__all__ = ["Mapped", "Tracer", "mapped"]

Tracer = Callable[[Transformation, Mapping[str, pl.Schema], Iterable[str]], TableLineage]
"""Finds out what the columns of a transformation depend on, given the schemas of its inputs and its columns."""

_DEFINITION = "mapping"
_TRACED_BY = "1"
"""Another number where what a tracer finds has changed, so that it is recorded anew."""

_HASH_DIGITS = 15


@dataclass(frozen=True)
class Mapped:
    """What a commit says of its mapping, where that is new.

    Args:
        consumed: Which definition is recorded with it.
        note: The definition.
    """

    consumed: dict[str, int] = field(default_factory=dict)
    note: dict[str, object] = field(default_factory=dict)


def mapped(
    transformation: Transformation,
    inputs: Mapping[str, Table],
    schema: pl.Schema,
    table: Table | None,
    tracer: Tracer | None,
) -> Mapped:
    """What the commit of a table says of its mapping: nothing where code and schemas are as they were.

    Args:
        transformation: How the table is made.
        inputs: As they are read, by the name that it uses.
        schema: Of the table as it is written.
        table: The table as it was; None when it was not there.
        tracer: Finds out what depends on what; None where nobody asks.
    """
    if tracer is None:
        return Mapped()
    schemas = {name: each.schema for name, each in inputs.items()}
    definition = _hash(transformation, schemas, schema)
    number = int(definition[:_HASH_DIGITS], 16)
    if table is not None and table.consumed(_DEFINITION) == number:
        return Mapped()
    lineage = tracer(transformation, schemas, schema)
    return Mapped({_DEFINITION: number}, {MAPPINGS_NOTE: mapping_note(lineage, definition)})


def _hash(transformation: Transformation, schemas: Mapping[str, pl.Schema], schema: pl.Schema) -> str:
    """Changes with the code and with the columns that go in and come out."""
    parts = [_TRACED_BY, transformation.code_hash, repr(schema)]
    parts += [f"{name}={ref}:{schemas[name]!r}" for name, ref in transformation.inputs.items()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
