"""The inputs of a transformation as they were when it made a version of its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lake_assets.errors import StorageError
from lake_assets.model import TableRef, Transformation
from lake_assets.storage.table import Table
from lake_assets.storage.versions import open_version, refuse_gone
from lake_assets.tracing.world import World

__all__ = ["Inputs", "inputs_then"]


@dataclass(frozen=True)
class Inputs:
    """Tables that a transformation read.

    Args:
        tables: By the name that the transformation uses; one that cannot be read any more is left out.
        problems: Why an input is not as it was, or not there.
    """

    tables: dict[str, Table]
    problems: tuple[str, ...]


def inputs_then(world: World, transformation: Transformation, note: Mapping[str, Any]) -> Inputs:
    """Open the inputs at the versions that a commit recorded.

    Args:
        world: The lake.
        transformation: As it is declared now.
        note: What the commit says of itself.
    """
    read: Mapping[str, int] = note.get("inputs", {})
    tables: dict[str, Table] = {}
    problems: list[str] = []
    for name, ref in transformation.inputs.items():
        try:
            tables[name] = _then(world, ref, read.get(str(ref)))
        except StorageError as error:
            problems.append(f"{ref}: {error.what}")
        if str(ref) not in read:
            problems.append(f"{ref} was no input then: it is read as it is now")
    return Inputs(tables, tuple(problems))


def _then(world: World, ref: TableRef, version: int | None) -> Table:
    newest = world.table(ref)
    if newest is not None and version in {None, newest.version}:
        return newest
    table = open_version(world.root, ref, version or 0)
    refuse_gone(table)
    return table
