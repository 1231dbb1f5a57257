"""The mapping of a dataset: how the elements of its files become the columns of its formatted table."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["POSITION", "PROVENANCE", "RESCUED", "Column", "ColumnType", "DriftPolicy", "Mapping"]

PROVENANCE = ("_file", "_row")
"""The columns every row carries: the id of its landed file, and its record number in it, from 1."""

RESCUED = "_rescued"
"""The column that keeps, as JSON text by element, the cells that do not decode and elements nobody mapped."""

POSITION = "_position"
"""The column of a child table that holds the place of an element in its list, from 1."""


class ColumnType(StrEnum):
    """A type of the canonical model: what Delta, Polars and SQL agree on."""

    TEXT = "text"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    NESTED = "nested"


@dataclass(frozen=True)
class Column:
    """One column of a dataset.

    Args:
        name: Its name in the formatted table, lower snake case.
        source_name: Its name in the files.
        kind: Its type in the canonical model.
        layout: How its values are written (see `lake_assets.model.layouts`); empty for plain numbers and ISO 8601.
        unit: The unit of its values, for people.
        description: What it means.
        is_personal: Whether its values are personal data and never shown.
        other_names: What else it is called in files, older or newer ones.
    """

    name: str
    source_name: str
    kind: ColumnType = ColumnType.TEXT
    layout: str = ""
    unit: str = ""
    description: str = ""
    is_personal: bool = False
    other_names: tuple[str, ...] = ()

    @property
    def source_names(self) -> tuple[str, ...]:
        """All its names in the files."""
        return (self.source_name, *self.other_names)

    def name_in(self, elements: Container[str]) -> str | None:
        """The first of its names that a file has; None where it has none of them."""
        return next((name for name in self.source_names if name in elements), None)


class DriftPolicy(StrEnum):
    """What happens to an element that the mapping does not know.

    `evolve` adds it as a text column; `rescue` keeps it in `_rescued`; `freeze` refuses the file.
    """

    EVOLVE = "evolve"
    RESCUE = "rescue"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Mapping:
    """The columns of a dataset, in order, with what counts as null in its files.

    Args:
        columns: The known columns.
        null_tokens: Texts that mean null, besides the empty one.
        drift: What happens to elements that are not among the columns.
        layouts: How values of a type are written in the files, where a column does not say it for itself.
    """

    columns: tuple[Column, ...] = ()
    null_tokens: tuple[str, ...] = ()
    drift: DriftPolicy = DriftPolicy.EVOLVE
    layouts: tuple[tuple[ColumnType, str], ...] = ()

    def by_source_name(self) -> dict[str, Column]:
        """The columns by their names in the files."""
        return {name: column for column in self.columns for name in column.source_names}
