"""An artefact of governance: what it is called, what its table holds, and what it can be made again from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from lake_assets.model import TableRef, Zone

__all__ = ["UTC_TIME", "Artefact", "ArtefactKind", "Field"]

UTC_TIME = pl.Datetime("us", "UTC")

Field = tuple[str, pl.DataType, str]
"""The name of a column, its type, and what it means."""


class ArtefactKind(StrEnum):
    """How an artefact comes to be.

    A `definition` changes slowly: a row holds from `valid_from` until `valid_to`. A `log` is only added to. `people`
    made what no program can make again.
    """

    DEFINITION = "definition"
    LOG = "log"
    PEOPLE = "people"


@dataclass(frozen=True)
class Artefact:
    """A metadata artefact, kept as a table of governance.

    Args:
        name: Of its table.
        title: What people call it.
        kind: How it comes to be.
        description: What one row says.
        fields: Its columns; empty where the room that writes it declares them.
        number: Its place among the sixteen of the domain; 0 for one beside them.
        made_from: What it can be made again from; empty when from nothing.
        columns_of_writer: Its columns and what they mean, where the room that writes it declares them.
        is_waiting: Whether what fills it is still to come.
    """

    name: str
    title: str
    kind: ArtefactKind
    description: str
    fields: tuple[Field, ...] = ()
    number: int = 0
    made_from: str = ""
    columns_of_writer: tuple[pl.Schema, Mapping[str, str]] = (pl.Schema(), MappingProxyType({}))
    is_waiting: bool = False

    @property
    def ref(self) -> TableRef:
        """Its table."""
        return TableRef(Zone.GOVERNANCE, self.name)

    @property
    def schema(self) -> pl.Schema:
        """Its columns and their types, in order."""
        return pl.Schema({name: kind for name, kind, _ in self.fields}) or self.columns_of_writer[0]

    @property
    def meanings(self) -> Mapping[str, str]:
        """What its columns mean, by name; those that say it themselves are left out."""
        return {name: meaning for name, _, meaning in self.fields if meaning} or self.columns_of_writer[1]

    @property
    def column_notes(self) -> dict[str, dict[str, str]]:
        """The Delta field metadata of its columns."""
        return {name: {"comment": meaning} for name, meaning in self.meanings.items()}
